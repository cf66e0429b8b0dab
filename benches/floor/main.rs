//! Our figures beside what their libraries alone must cost, in one process
//! and turn by turn, so that a busy machine slows both alike: text against
//! `rustybuzz`, file and page against the floor of `common/recipe`.

#[path = "../common/mod.rs"]
mod common;
mod turns;

use banxin::compose::run::Run;
use banxin::compose::shape::{ShapeCache, shape};
use banxin::compose::{Galley, Line};

use common::bare::Bare;
use common::copy::{HAN, MEASURE, paragraphs, set_in_column};
use common::edition::{Edition, make_up, write};
use common::recipe::{Recipe, deflate_programs, deflate_streams};
use common::{alone, fonts};
use turns::Turns;

fn main() {
    // `cargo bench` says so; `cargo test --benches` only wants to see it run.
    let rounds = match std::env::args().any(|argument| argument == "--bench") {
        true => 201,
        false => 1,
    };
    alone();
    text(rounds);
    page(rounds);
}

fn text(rounds: usize) {
    let book = fonts::book();
    let cache = ShapeCache::new();
    let copy = paragraphs(5_000, &book);
    let shape = || copy.iter().map(|text| shape(text, &book, &cache));
    let runs: Vec<Run> = shape().collect();
    let space = || (runs.iter().zip(&copy)).map(|(run, text)| Galley::new(run, &text.style));
    let galleys: Vec<Galley> = space().collect();
    let song = book.face(book.find(HAN).expect("the body face"));
    let bare = Bare::new(song.data(), true);

    let mut turns = Turns::new("5,000 characters in paragraphs at 13 em");
    let ours = turns.add("shape, space and break", || {
        set_in_column(&copy, &book, &cache)
    });
    let floor = turns.add("rustybuzz alone", || {
        bare.shape(copy.iter().map(|text| text.text.as_str()))
    });
    turns.add("  shape", || -> Vec<Run> { shape().collect() });
    turns.add("  space", || -> Vec<Galley> { space().collect() });
    turns.add("  break", || -> Vec<Vec<Line>> {
        galleys
            .iter()
            .map(|galley| galley.break_at(MEASURE))
            .collect()
    });
    turns.ratio(ours, floor);
    turns.run(rounds);
}

fn page(rounds: usize) {
    let book = fonts::book();
    let cache = ShapeCache::new();
    let edition = Edition::feature();
    let (articles, layouts) = (edition.read(), edition.layouts());
    let plans = edition.plan(&articles, &layouts, &book);
    let pages = make_up(&plans, &book, &cache);
    let [page] = &pages[..] else {
        panic!("one feature page")
    };
    let recipe = Recipe::of(page, &book);
    let fonts: Vec<&[u8]> = (recipe.faces.iter())
        .map(|face| {
            let (_, held) = (book.iter())
                .find(|(_, held)| face.file.as_os_str() == held.path())
                .expect("a face of the book");
            held.data()
        })
        .collect();
    let parse = || -> Vec<Bare<'_>> {
        let faces = recipe.faces.iter().zip(&fonts);
        faces.map(|(face, font)| face.parse(font)).collect()
    };
    let bares = parse();
    let shape = || -> usize {
        let faces = recipe.faces.iter().zip(&bares);
        faces.map(|(face, bare)| face.shape(bare)).sum()
    };
    let subsets = recipe.subset(&fonts);

    let mut turns = Turns::new(format!(
        "feature page: {} characters of copy, {} faces, {} glyphs, one thread",
        edition.characters(),
        recipe.faces.len(),
        recipe.glyphs(),
    ));
    let build = turns.add("the page from copy to PDF", || edition.build(&book, &cache));
    turns.add("  read the copy", || edition.read());
    turns.add("  parse the layout", || edition.layouts());
    turns.add("  plan, photographs read", || {
        edition.plan(&articles, &layouts, &book)
    });
    turns.add("  make up", || make_up(&plans, &book, &cache));
    let file = turns.add("  write the PDF", || write(page, &book));
    let build_floor = turns.add("floor of the page", || (shape(), recipe.file(&fonts)));
    turns.add("  shape the text once", shape);
    let file_floor = turns.add("floor of the PDF", || recipe.file(&fonts));
    turns.add("  subset the faces", || recipe.subset(&fonts));
    turns.add("  deflate the font programs", || deflate_programs(&subsets));
    turns.add("  deflate content and ToUnicode", || {
        deflate_streams(&recipe.streams)
    });
    turns.add("a new process also: parse faces, make plans", parse);
    turns.ratio(build, build_floor);
    turns.ratio(file, file_floor);
    turns.run(rounds);
}
