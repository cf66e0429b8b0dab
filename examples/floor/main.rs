//! The floor of the feature page as a whole process, to be timed beside
//! `banxin build`:
//!
//! ```sh
//! cargo run --release --example floor -- record out/floor
//! hyperfine -N 'target/release/examples/floor run out/floor'
//! ```
//!
//! `record` sets the feature page of the sample issue and writes down what
//! it took; `run` does that work again with the libraries alone: maps the
//! fonts, parses, shapes, subsets, deflates, and writes one file.

#![allow(
    clippy::disallowed_methods,
    reason = "a measuring tool reads and writes files"
)]

#[path = "../../benches/common/mod.rs"]
mod common;

use std::path::Path;
use std::{env, fs};

use banxin::compose::shape::ShapeCache;
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use vmap::Map;

use common::edition::Edition;
use common::fonts;
use common::recipe::Recipe;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["record", folder] => record(Path::new(folder)),
        ["run", folder] => run(Path::new(folder)),
        _ => {
            eprintln!("usage: floor record|run FOLDER");
            std::process::exit(2);
        }
    }
}

fn record(folder: &Path) {
    let book = fonts::book();
    let pages = Edition::feature().set(&book, &ShapeCache::new());
    let recipe = Recipe::of(&pages[0], &book);
    fs::create_dir_all(folder).expect("a folder");
    let json = serde_json::to_vec(&recipe).expect("JSON");
    fs::write(folder.join("recipe.json"), json).expect("room");
    for (kind, files) in [("stream", &recipe.streams), ("photo", &recipe.photos)] {
        for (number, bytes) in files.iter().enumerate() {
            fs::write(folder.join(format!("{number:02}.{kind}")), bytes).expect("room");
        }
    }
}

fn run(folder: &Path) {
    let json = fs::read(folder.join("recipe.json")).expect("a recorded page");
    let mut recipe: Recipe = serde_json::from_slice(&json).expect("a recorded page");
    recipe.streams = all(folder, "stream");
    recipe.photos = all(folder, "photo");
    let map = |file: &Path| Map::with_options().open(file).expect("a font").0;
    let maps: Vec<Map> = recipe.faces.iter().map(|face| map(&face.file)).collect();
    let fonts: Vec<&[u8]> = maps.iter().map(AsRef::as_ref).collect();
    let (glyphs, file) = rayon::join(
        || -> usize {
            let faces = recipe.faces.par_iter().zip(&fonts);
            faces
                .map(|(face, font)| face.shape(&face.parse(font)))
                .sum()
        },
        || recipe.file(&fonts),
    );
    assert!(glyphs > 0, "text was shaped");
    fs::write(folder.join("floor.bin"), file).expect("room");
}

/// The recorded files of a kind, in their order.
fn all(folder: &Path, kind: &str) -> Vec<Vec<u8>> {
    (0..)
        .map(|number| fs::read(folder.join(format!("{number:02}.{kind}"))))
        .map_while(Result::ok)
        .collect()
}
