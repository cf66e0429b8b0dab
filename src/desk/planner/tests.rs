use super::article::{ArticleInline, InlineFace};
use super::*;
use crate::base::clreq::Direction;
use crate::base::diag::{Severity, SourceId};
use crate::base::geom::Length;
use crate::base::photo::{Focus, Part};
use crate::desk::layout::{self, bundled};
use crate::desk::plan::{Anchor, FillerPlan, FurniturePlan};
use crate::desk::{issue, plan::SlotPlan};
use crate::story::{Align, Paragraph, Placement, Role};

fn read_layout(name: &str) -> Layout {
    layout::parse(name, SourceId(1), bundled(name).unwrap_or_default())
        .value
        .expect("bundled")
}

fn own_layout(text: &str) -> Layout {
    let noted = layout::parse("own", SourceId(1), text);
    noted.value.unwrap_or_else(|| panic!("{:#?}", noted.notes))
}

const SLOT: &str = r#"
sheet.trim = ["390mm", "540mm"]
grid = { columns = 8, chars = 13, size = "小五", pitch = "12pt", lines = 100 }
faces.song = { han = ["song"], latin = ["times"] }
faces.hei = { han = ["hei", "song"] }
faces.kai = { han = ["kai"] }
inline = { strong = "hei", emphasis = "kai", dateline = "hei" }
styles.body.face = "song"
[[slots]]
name = "main"
column = 1
columns = 8
line = 1
lines = 100
"#;

fn face(stem: &str) -> Option<FaceId> {
    let stems = ["song", "hei", "kai", "times"];
    let index = stems.iter().position(|known| *known == stem);
    index
        .or((stem.contains('-')).then_some(9))
        .and_then(|n| u16::try_from(n).ok())
        .map(FaceId)
}

fn photo(file: &str, _named: Option<Span>) -> Option<Arc<Photo>> {
    (!file.contains("missing")).then(|| {
        Arc::new(Photo {
            name: file.into(),
            bytes: Vec::new().into(),
            format: crate::base::photo::PhotoFormat::Jpeg,
            width: 640,
            height: 480,
            components: 3,
            bits: 8,
            alpha: false,
            palette: false,
            adobe_transform: None,
            inverted: false,
            orientation: 1,
            icc: Vec::new(),
            lossy: true,
            more: false,
            work: 0,
        })
    })
}

const RESOURCES: Resources<'static> = Resources {
    face: &face,
    photo: &photo,
};

fn text(text: &str) -> Option<Words> {
    let span = Span::new(SourceId(0), 100, 100 + text.len());
    Some(Words::new(text, Some(span)))
}

fn block(kind: ArticleBlockKind, words: &str) -> ArticleBlock {
    ArticleBlock {
        kind,
        words: text(words).unwrap_or_default(),
        inlines: Vec::new(),
        span: None,
    }
}

fn article() -> Article {
    Article {
        name: "a.md".into(),
        title: text("主题"),
        blocks: vec![
            block(ArticleBlockKind::Paragraph, "甲乙丙丁"),
            block(ArticleBlockKind::Subhead, "小标题"),
            block(ArticleBlockKind::Quote, "引文"),
            block(
                ArticleBlockKind::ListItem {
                    mark: None,
                    number: None,
                    depth: 1,
                },
                "一项",
            ),
        ],
        ..Article::default()
    }
}

fn plan(article: &Article, layout: &Layout) -> (SlotPlan, Vec<Diagnostic>) {
    let mut noted = plan_article(article, layout, RESOURCES);
    let mut plan = noted.value.take().expect("the layout has a slot");
    (plan.slots.remove(0), noted.notes)
}

fn paragraphs(slot: &SlotPlan) -> &[Paragraph] {
    slot.story.as_ref().map_or(&[], |story| &story.paragraphs)
}

fn codes(notes: &[Diagnostic]) -> Vec<&str> {
    notes.iter().map(|note| note.code).collect()
}

#[test]
fn p18_l27_marks_of_a_headline_are_set_tight_and_those_of_the_text_are_not() {
    let (slot, _) = plan(&article(), &own_layout(SLOT));
    let mut head = slot.head.iter().map(|part| &part.paragraph);
    assert!(head.any(|para| para.role == Role::Head && para.style.scheme.tight));
    assert!(!paragraphs(&slot).iter().any(|para| para.style.scheme.tight));
}

#[test]
fn v01_v17_a_vertical_slot_is_vertical_throughout_and_an_upright_head_alone() {
    let directions = |slot: &str| {
        let (slot, _) = plan(&article(), &own_layout(slot));
        let head = slot.head.iter().map(|part| &part.paragraph);
        let head: Vec<_> = head.map(|para| para.style.scheme.direction).collect();
        let text = paragraphs(&slot).iter();
        let text: Vec<_> = text.map(|para| para.style.scheme.direction).collect();
        let all = |list: &[Direction], one| !list.is_empty() && list.iter().all(|d| *d == one);
        (
            all(&head, Direction::Vertical),
            all(&text, Direction::Vertical),
        )
    };
    let slot = |keys: &str| SLOT.replacen("name =", &format!("{keys}\nname ="), 1);
    assert_eq!(directions(SLOT), (false, false));
    assert_eq!(directions(&slot("direction = \"vertical\"")), (true, true));
    let head = "head = { type = \"vertical\" }";
    assert_eq!(directions(&slot(head)), (true, false));
}

#[test]
fn every_block_gets_the_style_of_its_role() {
    let (slot, notes) = plan(&article(), &own_layout(SLOT));
    assert!(notes.is_empty(), "{notes:#?}");
    let roles: Vec<Role> = paragraphs(&slot).iter().map(|para| para.role).collect();
    assert_eq!(
        roles,
        [Role::Body, Role::Subhead, Role::Quote, Role::ListItem]
    );
    let subhead = &paragraphs(&slot)[1].style;
    assert_eq!(
        subhead.placement,
        Placement::Block {
            first: 2,
            next: 1,
            stretch: 0
        }
    );
    assert_eq!(subhead.keep_next, 2);
    assert_eq!(paragraphs(&slot)[0].style.indent, Length::pt(18));
    for para in paragraphs(&slot) {
        let mut at = 0;
        for run in &para.runs {
            assert_eq!(run.range.start, at);
            at = run.range.end;
        }
        assert_eq!(at as usize, para.text.len());
    }
}

#[test]
fn strong_is_hei_and_emphasis_is_kai() {
    let mut article = article();
    article.blocks[0].inlines = vec![
        ArticleInline {
            range: 0..3,
            face: InlineFace::Strong,
        },
        ArticleInline {
            range: 6..9,
            face: InlineFace::Emphasis,
        },
    ];
    let (slot, _) = plan(&article, &own_layout(SLOT));
    let faces: Vec<u16> = paragraphs(&slot)[0]
        .runs
        .iter()
        .map(|run| run.style.han[0].0)
        .collect();
    assert_eq!(faces, [1, 0, 2, 0]);
}

#[test]
fn odd_stretches_are_set_plain() {
    let mut article = article();
    article.blocks[0].inlines = vec![
        ArticleInline {
            range: 1..3,
            face: InlineFace::Strong,
        },
        ArticleInline {
            range: 9..300,
            face: InlineFace::Strong,
        },
        ArticleInline {
            range: 3..3,
            face: InlineFace::Strong,
        },
    ];
    let (slot, _) = plan(&article, &own_layout(SLOT));
    assert_eq!(paragraphs(&slot)[0].runs.len(), 1);
}

#[test]
fn n20_parts_stand_in_order() {
    let article = Article {
        label: text("栏目"),
        kicker: text("引题"),
        deck: text("副题"),
        byline: text("作者"),
        ..article()
    };
    let (slot, notes) = plan(&article, &own_layout(SLOT));
    assert!(notes.is_empty());
    let roles: Vec<Role> = slot.head.iter().map(|part| part.paragraph.role).collect();
    assert_eq!(
        roles,
        [
            Role::Label,
            Role::Kicker,
            Role::Head,
            Role::Deck,
            Role::Byline
        ]
    );
    let head = &slot.head[2];
    assert_eq!(head.limits.size, Length::pt(9).scale(85, 100));
}

#[test]
fn n20_a_missing_headline_is_an_error_and_a_part_without_place_too() {
    let headless = Article {
        title: None,
        kicker: text("引题"),
        ..article()
    };
    let (_, notes) = plan(&headless, &own_layout(SLOT));
    assert_eq!(codes(&notes), ["plan/no-headline"]);
    assert_eq!(notes[0].severity, Severity::Error);
    let plain = Article {
        title: None,
        ..article()
    };
    let (_, notes) = plan(&plain, &own_layout(SLOT));
    assert_eq!(notes[0].severity, Severity::Info);
    let labelled = Article {
        label: text("栏目"),
        ..article()
    };
    let layout = own_layout(&format!("{SLOT}head.parts = [\"head\"]\n"));
    let (_, notes) = plan(&labelled, &layout);
    assert_eq!(codes(&notes), ["plan/part-not-shown"]);
    assert!(notes[0].span.is_some());
}

#[test]
fn an_article_of_a_head_alone_is_told() {
    let bare = Article {
        blocks: Vec::new(),
        images: Vec::new(),
        ..article()
    };
    let (_, notes) = plan(&bare, &own_layout(SLOT));
    assert_eq!(codes(&notes), ["plan/no-body"]);
    assert!(notes[0].span.is_some());
}

#[test]
fn n36_the_dateline_opens_the_first_paragraph() {
    let article = Article {
        dateline: text("本报讯"),
        byline: text("记者 张三"),
        ..article()
    };
    let layout = own_layout(&format!("{SLOT}byline = \"dateline\"\n"));
    let (slot, _) = plan(&article, &layout);
    let first = &paragraphs(&slot)[0];
    assert_eq!(first.text, "本报讯（记者 张三）甲乙丙丁");
    assert_eq!(first.runs[0].style.han[0], FaceId(1));
    assert_eq!(
        first.runs[0].range.end as usize,
        "本报讯（记者 张三）".len()
    );
    assert!(
        slot.head
            .iter()
            .all(|part| part.paragraph.role != Role::Byline)
    );
    // the text leads back to its own place
    let start = u32::try_from("本报讯（记者 张三）".len()).expect("short");
    assert_eq!(
        first.source(start..start + 3),
        Some(Span::new(SourceId(0), 100, 103))
    );
}

#[test]
fn n36_a_dateline_without_a_paragraph_is_not_lost() {
    let article = Article {
        dateline: text("本报讯"),
        blocks: vec![block(ArticleBlockKind::Subhead, "小标题")],
        ..article()
    };
    let (slot, _) = plan(&article, &own_layout(SLOT));
    assert_eq!(paragraphs(&slot)[0].text, "本报讯");
}

/// Items of a group in a slot of these keys.
fn gathered(keys: &str, items: &[Article]) -> (Article, Vec<Diagnostic>) {
    let layout = own_layout(&format!("{SLOT}{keys}"));
    let group = issue::Group {
        label: None,
        title: Some(Located {
            text: "简讯".into(),
            span: None,
        }),
        articles: Vec::new(),
    };
    let items: Vec<Cow<'_, Article>> = items.iter().map(Cow::Borrowed).collect();
    let mut notes = Vec::new();
    let whole = group::gather(&group, &items, &layout.slots[0], &mut notes);
    (whole, notes)
}

#[test]
fn n43_a_group_is_reported_by_its_title() {
    let items = [Article {
        name: "a.md".into(),
        blocks: vec![block(ArticleBlockKind::Paragraph, "河畔的灯亮了。")],
        ..Article::default()
    }];
    let layout = own_layout(SLOT);
    let called = |whole: &Article| {
        let plan = plan_article(whole, &layout, RESOURCES).value;
        plan.expect("a plan").slots[0].story_name().to_string()
    };
    let (mut whole, _) = gathered("", &items);
    assert_eq!(called(&whole), "简讯");
    whole.title = None;
    whole.label = text("【短波】");
    assert_eq!(called(&whole), "短波");
    whole.label = None;
    assert_eq!(called(&whole), "main");
    assert_eq!(called(&items[0]), "a.md", "an article by its file");
}

#[test]
fn n43_items_of_a_group_keep_headline_dateline_and_byline() {
    let items = [
        Article {
            dateline: text("本报讯"),
            byline: text("张三"),
            ..article()
        },
        article(),
    ];
    let (whole, notes) = gathered("", &items);
    assert_eq!(codes(&notes), [""; 0]);
    assert_eq!(whole.title.as_ref().map(|title| &*title.text), Some("简讯"));
    let texts: Vec<&str> = whole
        .blocks
        .iter()
        .map(|block| &*block.words.text)
        .collect();
    assert_eq!(texts[..2], ["主题", "本报讯甲乙丙丁（张三）"]);
    assert_eq!(texts[5..7], ["主题", "甲乙丙丁"]);
    assert!(matches!(whole.blocks[0].kind, ArticleBlockKind::Subhead));
    let (slot, _) = plan(&whole, &own_layout(SLOT));
    let first = &paragraphs(&slot)[1];
    assert_eq!(first.runs[0].style.han[0], FaceId(1));
    assert_eq!(first.runs[0].range.end as usize, "本报讯".len());
    // each still leads back to its place
    assert_eq!(first.source(9..12), Some(Span::new(SourceId(0), 100, 103)));
}

#[test]
fn n43_artwork_stands_in_place_of_its_label_and_its_text_where_it_is_missing() {
    let art = |file: &str| Article {
        label: text("民生"),
        label_art: Some(image(file, None, None)),
        ..article()
    };
    let (slot, notes) = plan(&art("flower.jpg"), &own_layout(SLOT));
    assert_eq!(codes(&notes), [""; 0]);
    let drawn: Vec<bool> = slot.head.iter().map(|part| part.art.is_some()).collect();
    assert_eq!(drawn, [true, false]);
    let (slot, notes) = plan(&art("missing.jpg"), &own_layout(SLOT));
    assert_eq!(codes(&notes), ["plan/image-unusable"]);
    assert!(slot.head[0].art.is_none());
    assert_eq!(slot.head[0].paragraph.text, "民生");
}

#[test]
fn n43_an_issue_knows_the_artwork_of_a_label() {
    let text = "paper = \"报\"\ncode = \"B\"\ndate = 2026-05-02\n\
        labels = { \"民生\" = \"art/a.png\" }\n[[pages]]\nnumber = 1\nlayout = \"l\"\n\
        [[pages.slots]]\nslot = \"main\"\narticle = \"a.md\"\n";
    let issue = issue::parse(SourceId(2), text).value.expect("an issue");
    let labelled = |label: &str| Article {
        label: self::text(label),
        ..article()
    };
    let file = |label: &str| label_art(&issue, &labelled(label)).map(|art| art.file);
    assert_eq!(file("民生").as_deref(), Some("art/a.png"));
    assert_eq!(file("【民生】").as_deref(), Some("art/a.png"));
    assert_eq!(file("文化"), None);
}

#[test]
fn n43_what_a_group_has_no_place_for_is_told() {
    let note = block(ArticleBlockKind::Note { number: Some(1) }, "注文");
    let mut noted = article();
    noted.blocks.push(note);
    let kicker = Article {
        kicker: text("引题"),
        ..article()
    };
    let keys = "group = { heads = \"run_in\", parted = true }\n";
    let (whole, notes) = gathered(keys, &[kicker, noted.clone(), noted]);
    assert_eq!(codes(&notes), ["plan/part-not-shown", "plan/group-notes"]);
    assert!(matches!(whole.blocks[0].kind, ArticleBlockKind::RunIn));
    let breaks = whole.blocks.iter();
    let breaks = breaks.filter(|block| matches!(block.kind, ArticleBlockKind::Break));
    assert_eq!(breaks.count(), 2);
}

#[test]
fn n26_an_unknown_genre_is_told_where_there_are_looks() {
    let odd = Article {
        genre: Some("通迅".into()),
        ..article()
    };
    let looks = SLOT.replacen(
        "styles.body",
        "genres.feature.head.face = \"kai\"\nstyles.body",
        1,
    );
    assert_eq!(
        codes(&plan(&odd, &own_layout(&looks)).1),
        ["plan/genre-unknown"]
    );
    assert_eq!(codes(&plan(&odd, &own_layout(SLOT)).1), [""; 0]);
    let feature = Article {
        genre: Some("通讯".into()),
        ..article()
    };
    let (slot, notes) = plan(&feature, &own_layout(&looks));
    assert_eq!(codes(&notes), [""; 0]);
    assert_eq!(slot.head[0].paragraph.runs[0].style.han[0], FaceId(2));
}

#[test]
fn n20_summary_below_the_deck_end_title_at_the_foot() {
    let article = Article {
        deck: text("副题"),
        summary: text("提要"),
        end_title: text("尾题"),
        byline: text("作者"),
        ..article()
    };
    let (slot, notes) = plan(&article, &own_layout(SLOT));
    assert_eq!(codes(&notes), [""; 0]);
    let roles: Vec<Role> = slot.head.iter().map(|part| part.paragraph.role).collect();
    assert_eq!(roles, [Role::Head, Role::Deck, Role::Summary, Role::Byline]);
    assert_eq!(slot.foot.len(), 1);
    assert_eq!(slot.foot[0].role, Role::EndTitle);
    let grid = own_layout(SLOT).grid;
    assert!(slot::foot_rule(&slot, &grid).is_none());
}

#[test]
fn n36_what_comes_from_the_paper_s_own_city_is_local() {
    let sent = |place: &str| Article {
        dateline: text("本报临溪5月1日电"),
        sent: Some(article::Sent {
            place: place.to_owned(),
            range: 20..23,
        }),
        ..article()
    };
    let mut own = sent("临溪");
    assert!(own.is_local_to("临溪市") && !own.is_local_to("云溪") && !own.is_local_to(""));
    own.made_local();
    let dateline = own.dateline.map(|words| words.text);
    assert_eq!(dateline.as_deref(), Some("本报临溪5月1日讯"));
}

#[test]
fn n37_a_byline_behind_a_signed_dateline_is_told() {
    let article = Article {
        dateline: text("本报讯（记者 张三）"),
        byline: text("记者 张三"),
        ..article()
    };
    let layout = own_layout(&format!("{SLOT}byline = \"dateline\"\n"));
    assert_eq!(codes(&plan(&article, &layout).1), ["plan/byline-twice"]);
}

#[test]
fn n37_names_of_two_characters_are_spread_and_the_text_stays() {
    let article = Article {
        byline: text("本报记者 张三 欧阳山"),
        ..article()
    };
    for place in ["head", "dateline", "end"] {
        let own = format!("byline = \"{place}\"\nstyle.byline.names = \"even\"\n");
        let layout = own_layout(&format!("{SLOT}{own}"));
        let (slot, _) = plan(&article, &layout);
        let byline = match place {
            "head" => &slot.head[1].paragraph,
            _ => &paragraphs(&slot)[0],
        };
        let [cast, blank] = &*byline.style.casts else {
            panic!("{place}: {:?}", byline.style.casts);
        };
        let of = |range: &std::ops::Range<u32>| {
            byline.text[range.start as usize..range.end as usize].to_owned()
        };
        assert_eq!(of(&cast.range), "张三", "{place}");
        assert_eq!(of(&blank.range), " ", "{place}");
        assert_eq!(blank.width, byline.style.size * 3 / 2, "{place}");
        assert_eq!(cast.width, byline.style.size * 3, "{place}");
    }
}

#[test]
fn n37_three_places_of_the_byline() {
    let article = Article {
        byline: text("张三"),
        ..article()
    };
    let texts = |place: &str| {
        let (slot, _) = plan(
            &article,
            &own_layout(&format!("{SLOT}byline = \"{place}\"\n")),
        );
        (slot.head.len(), paragraphs(&slot)[0].text.clone())
    };
    assert_eq!(texts("head"), (2, "甲乙丙丁".to_owned()));
    assert_eq!(texts("dateline"), (1, "（张三）甲乙丙丁".to_owned()));
    assert_eq!(texts("end"), (1, "甲乙丙丁（张三）".to_owned()));
}

const PICTURE: &str =
    "pictures = [{ name = \"photo1\", column = 1, columns = 2, lines = 9, anchor = \"bottom\" }]\n";

fn image(file: &str, caption: Option<&str>, credit: Option<&str>) -> ArticleImage {
    ArticleImage {
        file: file.to_owned(),
        span: Some(Span::new(SourceId(0), 5, 9)),
        caption: caption.and_then(text),
        credit: credit.and_then(text),
        whole: false,
        focus: Focus::MIDDLE,
        part: Part::WHOLE,
        group: None,
    }
}

#[test]
fn n39_pictures_fill_places_in_order_and_the_rest_is_reported() {
    let mut article = article();
    article.images = vec![
        image("missing.jpg", Some("说明"), Some("张三 摄")),
        image("a.jpg", Some("说明"), Some("张三 摄")),
    ];
    article.blocks.push(block(
        ArticleBlockKind::Image(image("b.jpg", None, None)),
        "",
    ));
    let (slot, notes) = plan(&article, &own_layout(&format!("{SLOT}{PICTURE}")));
    assert_eq!(slot.pictures.len(), 1);
    let picture = &slot.pictures[0];
    assert_eq!(
        (&*picture.name, picture.anchor, &*picture.photos[0].alt),
        ("photo1", Anchor::Bottom, "说明")
    );
    let roles: Vec<Role> = picture.caption.iter().map(|para| para.role).collect();
    assert_eq!(roles, [Role::Caption, Role::Credit]);
    assert_eq!(
        codes(&notes),
        ["plan/image-unusable", "plan/image-without-slot"]
    );
    assert_eq!(notes[0].severity, Severity::Error);
    assert_eq!(notes[1].severity, Severity::Error, "its caption is copy");
}

#[test]
fn n39_p24_a_picture_needs_caption_and_credit() {
    let mut article = article();
    article.images = vec![image("a.jpg", None, None)];
    let layout = own_layout(&format!("{SLOT}{PICTURE}"));
    let (_, notes) = plan(&article, &layout);
    assert_eq!(
        codes(&notes),
        ["plan/caption-missing", "plan/credit-missing"]
    );
    let ad = own_layout(&format!(
        "{}{PICTURE}",
        SLOT.replacen("[[slots]]\n", "[[slots]]\nkind = \"ad\"\n", 1)
    ));
    let (_, notes) = plan(&article, &ad);
    assert!(
        !codes(&notes).iter().any(|code| code.ends_with("-missing")),
        "{:?}",
        codes(&notes)
    );
    article.credit = text("资料图片");
    let (slot, notes) = plan(&article, &layout);
    assert_eq!(codes(&notes), ["plan/caption-missing"]);
    assert_eq!(slot.pictures[0].caption[0].text, "资料图片");
    assert!(slot.foot.is_empty());
}

#[test]
fn n39_a_group_shares_a_place_its_caption_and_its_credit() {
    let of_group = |file, caption, credit| ArticleImage {
        group: Some("桥上".to_owned()),
        ..image(file, caption, credit)
    };
    let layout = own_layout(&format!("{SLOT}{PICTURE}"));
    let mut article = article();
    article.images = vec![
        of_group("a.jpg", Some("说明"), None),
        of_group("b.jpg", None, Some("张三 摄")),
    ];
    let texts = |list: &[Paragraph]| list.iter().map(|one| one.text.clone()).collect::<Vec<_>>();
    let (slot, notes) = plan(&article, &layout);
    assert!(codes(&notes).is_empty(), "{notes:#?}");
    assert_eq!(slot.pictures.len(), 1);
    let place = &slot.pictures[0];
    assert_eq!(texts(&place.caption), ["说明", "张三 摄"]);
    assert_eq!(place.photos.len(), 2);
    assert!(place.photos.iter().all(|photo| photo.caption.is_empty()));
    assert_eq!(&*place.photos[1].alt, "说明");

    article.images[1].caption = text("右图");
    article.images[0].credit = text("李四 摄");
    let (slot, notes) = plan(&article, &layout);
    assert!(codes(&notes).is_empty(), "{notes:#?}");
    let place = &slot.pictures[0];
    assert!(place.caption.is_empty());
    assert_eq!(texts(&place.photos[0].caption), ["说明", "李四 摄"]);
    assert_eq!(texts(&place.photos[1].caption), ["右图", "张三 摄"]);

    article
        .images
        .iter_mut()
        .for_each(|image| image.caption = None);
    let (_, notes) = plan(&article, &layout);
    assert_eq!(
        codes(&notes),
        ["plan/caption-missing", "plan/caption-missing"]
    );
}

#[test]
fn p23_pictures_of_the_text_travel_with_it_where_no_place_is_left() {
    let inside = "inline_pictures = { lines = 6, crop = false }\n";
    let layout = own_layout(&format!("{SLOT}{inside}{PICTURE}"));
    let of_text = |file| ArticleBlockKind::Image(image(file, Some("说明"), None));
    let mut article = article();
    let paragraphs = article.blocks.len();
    article.credit = text("资料图片");
    article.blocks.push(block(of_text("a.jpg"), ""));
    article.blocks.push(block(of_text("b.jpg"), ""));
    article
        .blocks
        .push(block(ArticleBlockKind::Paragraph, "丙"));
    let (slot, notes) = plan(&article, &layout);
    assert!(codes(&notes).is_empty(), "{notes:#?}");
    assert_eq!(slot.pictures.len(), 1, "the first has a place of its own");
    let story = slot.story.as_ref().expect("a story");
    let figure = &story.figures[0];
    assert_eq!((story.figures.len(), figure.lines), (1, 6));
    assert_eq!(story.paragraphs[figure.at].text, "丙");
    assert_eq!((figure.at, figure.tables), (paragraphs, 0));
    assert!(figure.photos[0].whole);
    let texts: Vec<&str> = figure.caption.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["说明", "资料图片"]);
    assert!(slot.foot.is_empty(), "its credit stands under it");

    // one of the head has no place in the text
    article.images = vec![
        image("c.jpg", Some("说明"), None),
        image("d.jpg", None, None),
    ];
    let (_, notes) = plan(&article, &layout);
    assert_eq!(codes(&notes), ["plan/image-without-slot"]);
}

#[test]
fn n45_slots_take_turns_at_art_of_one_size() {
    let layout = own_layout(&format!("{SLOT}ending = \"fill\"\n"));
    let photo = photo("art.png", None).expect("a picture");
    let stock: Vec<FillerPlan> = [(3, 1), (5, 2), (3, 3)]
        .map(|(lines, at)| FillerPlan {
            lines,
            photo: Arc::clone(&photo),
            source: Some(Span::new(SourceId(0), at, at)),
        })
        .into();
    let order = |turn| {
        let list = fillers::of_slot(&stock, &layout.slots[0], turn);
        let starts = list.iter().filter_map(|filler| filler.source);
        starts.map(|span| span.start).collect::<Vec<_>>()
    };
    assert_eq!(order(0), [2, 1, 3], "the highest first");
    assert_eq!(order(1), [2, 3, 1]);
}

#[test]
fn an_unfilled_picture_place_is_not_planned_and_its_credit_not_lost() {
    let article = Article {
        credit: text("某某局"),
        ..article()
    };
    let (slot, _) = plan(&article, &own_layout(&format!("{SLOT}{PICTURE}")));
    assert!(slot.pictures.is_empty());
    assert_eq!(slot.foot[0].text, "图片来源：某某局");
}

#[test]
fn the_imprint_takes_as_few_lines_as_hold_it() {
    let imprint = vec![
        text("编辑：某某").unwrap_or_default(),
        text("组版：某某").unwrap_or_default(),
    ];
    let article = Article {
        imprint,
        ..article()
    };
    let noted = plan_article(&article, &own_layout(SLOT), RESOURCES);
    let plan = noted.value.expect("a plan");
    let slot = &plan.slots[0];
    assert_eq!(slot.foot.len(), 1);
    assert_eq!(slot.foot[0].text, "编辑：某某\u{3000}\u{3000}组版：某某");
    assert_eq!(slot.foot_lines, 2);
    assert_eq!(plan.furniture.len(), 1, "the rule above it");
}

#[test]
fn t35_fonts_that_are_not_there_are_named() {
    let text = SLOT
        .replace("[\"song\"]", "[\"nosong\"]")
        .replace("[\"hei\", ", "[\"nohei\", ");
    let (_, notes) = plan(&article(), &own_layout(&text));
    let severities: Vec<Severity> = notes.iter().map(|note| note.severity).collect();
    assert_eq!(severities, [Severity::Warning, Severity::Fatal]);
    assert!(
        notes
            .iter()
            .all(|note| note.code == "layout/font-missing" && note.span.is_some())
    );
}

const ISSUE: &str = r#"paper = "新城日报"
code = "XCRB"
date = 2026-05-02
[fields]
cn = "CN 00-0000"
[[pages]]
number = 1
layout = "broadsheet"
fields = { ear = "晴" }
[[pages.slots]]
slot = "second"
article = "b.md"
[[pages.slots]]
slot = "lead"
article = "a.md"
images = [{ file = "p.jpg", caption = "说明", credit = "某某 摄" }]
[[pages]]
number = 2
layout = "tabloid"
section = "要闻"
[[pages.slots]]
slot = "box"
label = "广告"
title = "启事"
text = "甲\n\n乙"
"#;

fn whole(text: &str) -> Noted<Vec<PagePlan>> {
    let read = issue::parse(SourceId(2), text);
    let issue = read.value.unwrap_or_else(|| panic!("{:#?}", read.notes));
    let layouts: Vec<Layout> = ["broadsheet", "tabloid"].map(read_layout).into();
    let article = article();
    plan_issue(
        &issue,
        &|name| layouts.iter().find(|layout| &*layout.name == name),
        &|path| (path != "gone.md").then_some(&article),
        RESOURCES,
    )
}

fn furniture_texts(page: &PagePlan) -> Vec<(&str, &str)> {
    page.furniture
        .iter()
        .filter_map(|item| match item {
            FurniturePlan::Text {
                name, paragraph, ..
            } => Some((&**name, &*paragraph.text)),
            _ => None,
        })
        .collect()
}

#[test]
fn an_issue_is_planned_in_reading_order() {
    let noted = whole(ISSUE);
    let [first, second] = noted.value.as_slice() else {
        panic!("two pages")
    };
    assert_eq!(
        (&*first.stem, &*second.stem),
        ("XCRB_20260502_01", "XCRB_20260502_02")
    );
    let slots: Vec<&str> = first.slots.iter().map(|slot| &*slot.name).collect();
    assert_eq!(slots, ["lead", "second"]);
    assert_eq!(first.slots[0].pictures.len(), 1);
    let notice = &second.slots[0];
    let head: Vec<&str> = notice
        .head
        .iter()
        .map(|part| &*part.paragraph.text)
        .collect();
    assert_eq!(head, ["广告", "启事"]);
    assert_eq!(paragraphs(notice).len(), 2);
    assert!(
        noted
            .notes
            .iter()
            .any(|note| note.code == "plan/slot-empty")
    );
    assert!(
        noted
            .notes
            .iter()
            .any(|note| note.code == "issue/imprint-missing")
    );
}

#[test]
fn n15_furniture_fields_are_filled_and_empty_ones_left_out() {
    let noted = whole(ISSUE);
    let texts = furniture_texts(&noted.value[0]);
    assert!(texts.contains(&("masthead", "新城日报")));
    assert!(texts.contains(&(
        "masthead-date",
        "2026年5月2日 星期六\u{3000}今日2版\u{3000}第01版"
    )));
    assert!(texts.contains(&("masthead-imprint", "国内统一连续出版物号 CN 00-0000")));
    assert!(texts.contains(&("ear", "晴")));
    assert!(
        texts.iter().all(|(name, _)| *name != "foot-imprint"),
        "all its fields are empty"
    );
    let texts = furniture_texts(&noted.value[1]);
    assert!(texts.contains(&("folio", "02\u{3000}要闻")));
}

#[test]
fn n16_a_single_article_leaves_issue_furniture_and_its_rules_out() {
    for (name, _) in crate::desk::layout::BUNDLED {
        let layout = read_layout(name);
        let noted = plan_article(&article(), &layout, RESOURCES);
        assert!(noted.notes.is_empty(), "{name}: {:#?}", noted.notes);
        let plan = noted.value.expect("bundled layouts have a slot");
        assert!(plan.furniture.is_empty(), "{name}: {:?}", plan.furniture);
        assert_eq!(plan.stem, "a");
    }
}

#[test]
fn n16_what_belongs_to_an_ear_goes_with_it() {
    let rules = |issue: &str| {
        let noted = whole(issue);
        let rules = noted.value[0].furniture.iter();
        rules
            .filter(|item| matches!(item, FurniturePlan::Rule { .. }))
            .count()
    };
    let without = ISSUE.replace("fields = { ear = \"晴\" }", "");
    // its frame; the title and the rule under it are not there either
    assert_eq!(rules(ISSUE), rules(&without) + 4);
}

#[test]
fn unknown_slots_layouts_and_articles_have_their_place() {
    for (from, to, code, help) in [
        (
            "slot = \"lead\"",
            "slot = \"laed\"",
            "issue/unknown-slot",
            "lead",
        ),
        (
            "\"tabloid\"",
            "\"tabloit\"",
            "issue/unknown-layout",
            "tabloid",
        ),
        (
            "\"b.md\"",
            "\"gone.md\"",
            "issue/article-missing",
            "article",
        ),
    ] {
        let noted = whole(&ISSUE.replace(from, to));
        let note = noted
            .notes
            .iter()
            .find(|note| note.code == code)
            .expect(code);
        assert!(note.span.is_some());
        assert!(
            note.help.as_ref().is_some_and(|h| h.en.contains(help)),
            "{note:#?}"
        );
    }
    assert_eq!(
        whole(&ISSUE.replace("\"tabloid\"", "\"tabloit\""))
            .value
            .len(),
        1
    );
}

#[test]
fn braces_without_a_partner_stand_for_themselves() {
    let values = Values::default();
    assert_eq!(values.fill("a { b").as_deref(), Some("a { b"));
    assert_eq!(values.fill("}{").as_deref(), Some("}{"));
    assert_eq!(values.fill("{x}"), None);
}

#[test]
fn file_stems_are_safe() {
    assert_eq!(file_stem("dir/稿 件.md"), "稿_件");
    assert_eq!(file_stem(".md"), ".md");
    assert_eq!(file_stem(""), "page");
}

#[test]
fn p02_a_section_break_parts_text_from_text_by_one_line() {
    let rule = || block(ArticleBlockKind::Break, "");
    let body = |text| block(ArticleBlockKind::Paragraph, text);
    let article = Article {
        blocks: vec![
            rule(),
            body("甲"),
            rule(),
            rule(),
            body("乙"),
            rule(),
            block(ArticleBlockKind::Subhead, "丙"),
            body("丁"),
            rule(),
        ],
        ..article()
    };
    for (ornament, shown) in [("", "\u{3000}"), (", section_break = \"＊\"", "＊")] {
        let inline = format!("dateline = \"hei\"{ornament} }}");
        let layout = own_layout(&SLOT.replace("dateline = \"hei\" }", &inline));
        let (slot, _) = plan(&article, &layout);
        let texts: Vec<&str> = paragraphs(&slot).iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["甲", shown, "乙", "丙", "丁"]);
        let style = &paragraphs(&slot)[1].style;
        assert_eq!((style.align, style.indent), (Align::Center, Length::ZERO));
        assert_eq!(style.placement, Placement::Lines, "one line of the grid");
    }
}

#[test]
fn n15_pages_are_numbered_in_order_and_their_heads_stand_level() {
    let own = |name: &str, keys: &str| {
        let text = format!("base = \"broadsheet-inside\"\n{keys}");
        let noted = layout::parse(name, SourceId(1), &text);
        noted.value.unwrap_or_else(|| panic!("{:#?}", noted.notes))
    };
    let layouts = [
        read_layout("broadsheet"),
        read_layout("broadsheet-inside"),
        own(
            "low",
            "[[furniture]]\nname = \"folio\"\ny = \"16mm\"\nheight = \"7mm\"",
        ),
        own("bare", "drop = \"folio\""),
    ];
    let found = |pages: &[(u32, &str)]| -> Vec<String> {
        let mut text = "paper = \"新城日报\"\ncode = \"XCRB\"\ndate = 2026-05-02\n".to_owned();
        for (number, layout) in pages {
            text.push_str(&format!(
                "[[pages]]\nnumber = {number}\nlayout = \"{layout}\"\nslots = [{{ slot = \"lead\", text = \"甲\" }}]\n"
            ));
        }
        let issue = issue::parse(SourceId(2), &text);
        let issue = issue.value.unwrap_or_else(|| panic!("{:#?}", issue.notes));
        let finder = |name: &str| layouts.iter().find(|layout| &*layout.name == name);
        let noted = plan_issue(&issue, &finder, &|_| None, RESOURCES);
        let codes = [
            "plan/folio-missing",
            "plan/page-head-moves",
            "plan/page-order",
        ];
        let notes = noted.notes.iter().filter(|note| codes.contains(&note.code));
        notes
            .map(|note| format!("{} {:?}", note.code, note.facts))
            .collect()
    };
    let inside = "broadsheet-inside";
    let good = [(1, "broadsheet"), (2, inside), (3, inside)];
    assert_eq!(found(&good), [""; 0]);
    let fact = |code: &str, page: &str| format!("{code} [(\"page\", Word({page:?}))]");
    assert_eq!(
        found(&[(1, "broadsheet"), (2, inside), (4, inside)]),
        [fact("plan/page-order", "04")]
    );
    assert_eq!(
        found(&[(1, "broadsheet"), (2, inside), (3, "low")]),
        [fact("plan/page-head-moves", "03")]
    );
    assert_eq!(
        found(&[(1, "broadsheet"), (2, "bare"), (3, inside)]),
        [fact("plan/folio-missing", "02")]
    );
    assert_eq!(found(&[(2, "bare")]), [""; 0], "one page alone");
}
