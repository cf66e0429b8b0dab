use super::*;
use crate::base::diag::{Diagnostic, Severity};
use crate::base::geom::Point;
use crate::desk::columns::Cells;
use crate::desk::form::Kind;
use crate::story::Align;

const SMALL: &str = r#"
[sheet]
trim = ["390mm", "540mm"]
[grid]
columns = 8
chars = 13
size = "小五"
pitch = "12pt"
lines = 115
[faces.song]
han = ["a"]
latin = ["b"]
[faces.hei]
han = "c"
[styles.body]
face = "song"
[[slots]]
name = "lead"
column = 1
columns = 5
line = 1
lines = 60
"#;

fn read(text: &str) -> Noted<Option<Layout>> {
    parse("test", SourceId(0), text)
}

fn good(text: &str) -> Layout {
    let noted = read(text);
    noted.value.unwrap_or_else(|| panic!("{:#?}", noted.notes))
}

/// The only note of `code`, with the text its span covers.
fn fault(text: &str, code: &str) -> (Diagnostic, String) {
    let noted = read(text);
    let mut found: Vec<Diagnostic> = noted
        .notes
        .iter()
        .filter(|note| note.code == code)
        .cloned()
        .collect();
    assert_eq!(found.len(), 1, "{code} in {:#?}", noted.notes);
    let note = found.remove(0);
    let place = note
        .span
        .map_or("", |span| &text[span.start as usize..span.end as usize]);
    if note.severity == Severity::Fatal {
        assert!(noted.value.is_none());
    }
    (note, place.to_owned())
}

fn help(note: &Diagnostic) -> &str {
    note.help.as_ref().map_or("", |help| help.en.as_str())
}

fn with(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    SMALL.replacen(from, to, 1)
}

#[test]
fn bundled_layouts_are_read_without_a_note() {
    for (name, text) in BUNDLED {
        let noted = parse(name, SourceId(0), text);
        assert!(noted.notes.is_empty(), "{name}: {:#?}", noted.notes);
        let layout = noted.value.expect("a layout without notes is there");
        assert!(layout.main_slot().is_some_and(|slot| slot.main), "{name}");
    }
    assert!(bundled("broadsheet").is_some());
    assert!(bundled("broadsheat").is_none());
}

#[test]
fn bundled_broadsheet_is_the_textbook_grid() {
    let layout = good(bundled("broadsheet").unwrap_or_default());
    assert!(layout.masthead);
    assert_eq!(
        (layout.grid.columns, layout.grid.chars, layout.grid.lines),
        (8, 13, 115)
    );
    assert_eq!(layout.grid.pitch, Length::pt(12));
    assert!(layout.slots.len() >= 5);
}

#[test]
fn n01_type_area_is_centred_on_the_sheet() {
    let layout = good(&with(
        "lines = 115",
        "lines = 115\narea = [\"350mm\", \"490mm\"]",
    ));
    let x = layout.grid.origin.x;
    assert!((x - Length::mm(20)).abs() < Length::units(8), "{x:?}");
    let bottom = layout.trim.height - layout.grid.area().bottom();
    assert!((layout.grid.origin.y - bottom).abs() <= Length::units(1));
}

#[test]
fn n01_presets_stand_for_formats() {
    let with_preset = |keys: &str| {
        let start = SMALL.find("[sheet]").unwrap_or_default();
        let end = SMALL.find("[faces.song]").unwrap_or_default();
        let text = format!("{}[grid]\n{keys}\n{}", &SMALL[..start], &SMALL[end..]);
        (good(&text), text)
    };
    for name in ["duikai", "对开"] {
        let (layout, text) = with_preset(&format!("preset = \"{name}\""));
        assert_eq!(layout.trim, Size::new(Length::mm(390), Length::mm(540)));
        let grid = layout.grid;
        assert_eq!(grid.origin, Point::new(Length::mm(20), Length::mm(25)));
        let error = (grid.width(8) - Length::mm(350)).abs();
        assert!(error < Length::units(8), "{error:?}");
        assert_eq!((grid.columns, grid.chars, grid.lines), (8, 13, 115));
        assert!((grid.gap.to_pt() - 8.018).abs() < 0.001);
        let (note, place) = fault(&text, "layout/area-mismatch");
        assert!(note.message.en.contains("-2.4 mm"), "{}", note.message.en);
        assert_eq!(place, format!("\"{name}\""));
    }
    let (layout, text) = with_preset("preset = \"四开\"");
    assert_eq!(layout.trim, Size::new(Length::mm(275), Length::mm(390)));
    assert_eq!(layout.grid.width(6), Length::pt(9) * 71);
    assert_eq!(layout.grid.lines, 81);
    assert!(
        read(&text)
            .notes
            .iter()
            .all(|note| note.code != "layout/area-mismatch")
    );
    // N19: two pages without the gutter, one type area
    for (name, width, area) in [("对开跨版", 780, 740), ("duikai-spread", 780, 740)] {
        let (layout, _) = with_preset(&format!("preset = \"{name}\""));
        assert_eq!(layout.trim, Size::new(Length::mm(width), Length::mm(540)));
        assert_eq!(layout.grid.columns, 16);
        let error = (layout.grid.width(16) - Length::mm(area)).abs();
        assert!(error < Length::units(16), "{error:?}");
    }
    let (layout, _) = with_preset("preset = \"四开跨版\"");
    assert_eq!(layout.trim.width, Length::mm(550));
    let text = with_preset("preset = \"四开\"").1.replace("四开", "中缝");
    let strip = good(&text.replace("columns = 5", "columns = 1"));
    assert!(strip.strip && strip.grid.columns == 1);
    assert!(!layout.strip);
    // other keys stand above it, and make the width their own
    let (layout, text) = with_preset("preset = \"对开\"\ncolumns = 5\nchars = 20\nlines = 110");
    assert_eq!((layout.grid.columns, layout.grid.gap), (5, Length::pt(9)));
    assert_eq!(layout.grid.width(5), Length::pt(9) * 104);
    assert_eq!(layout.grid.lines, 110);
    assert!(
        read(&text)
            .notes
            .iter()
            .all(|note| note.code != "layout/area-mismatch")
    );
}

#[test]
fn n02_millimetres_against_the_grid_are_shown_and_distributed() {
    let text = with("lines = 115", "area = [\"350mm\", \"490mm\"]");
    let layout = good(&text);
    let gap = layout.grid.gap.to_pt();
    assert!((gap - 8.018).abs() < 0.001, "{gap}");
    assert_eq!(layout.grid.lines, 115);
    let (note, place) = fault(&text, "layout/area-mismatch");
    assert_eq!(note.severity, Severity::Info);
    assert!(note.message.en.contains("-2.4 mm"), "{}", note.message.en);
    assert_eq!(place, "[\"350mm\", \"490mm\"]");
}

#[test]
fn n03_n04_columns_are_one_em_apart() {
    let grid = good(SMALL).grid;
    for column in 0..8_u16 {
        let x = grid.origin.x + Length::pt(9) * (i64::from(column) * 14);
        assert_eq!(grid.column_x(column), x);
    }
}

#[test]
fn n05_wide_text_takes_the_gaps_it_swallows() {
    let ems = |columns: u16| {
        let text = with(
            "columns = 5",
            &format!("columns = {columns}\ntext_columns = 1"),
        );
        good(&text).slots[0].text.measure().whole(Length::pt(9))
    };
    assert_eq!([ems(2), ems(3)], [27, 41]);
}

#[test]
fn n06_broken_columns_give_the_rest_to_the_gaps() {
    let layout = good(&with("columns = 5", "columns = 5\ntext_columns = 3"));
    let slot = &layout.slots[0];
    assert_eq!(slot.text.measure(), Length::pt(9) * 22);
    assert_eq!(slot.text.least_gap(), Length::pt(9).scale(3, 2));
}

#[test]
fn n06_or_to_the_last_columns() {
    let layout = good(&with(
        "columns = 5",
        "columns = 5\ntext_columns = 3\nremainder = \"columns\"",
    ));
    let columns = &layout.slots[0].text;
    let em = |length: Length| length.whole(Length::pt(9));
    let measures: Vec<i64> = columns.iter().map(|column| em(column.measure)).collect();
    assert_eq!(measures, [22, 22, 23]);
    assert_eq!(
        em(columns.width(0, 3)),
        69,
        "the width of five base columns"
    );
}

#[test]
fn n20_a_summary_is_indented_over_all_columns() {
    let indents = |role: &str, end: u16| {
        let keys = format!("style.{role} = {{ start = 8, end = {end} }}\n");
        read(&format!("{SMALL}{keys}"))
            .notes
            .iter()
            .any(|note| note.code == "layout/out-of-range")
    };
    assert!(!indents("summary", 8) && indents("summary", 70));
    assert!(indents("body", 8));
}

#[test]
fn n07_half_a_column_is_told_with_the_whole_ones() {
    let (note, _) = fault(
        &SMALL.replace("column = 1", "column = 2.5"),
        "layout/wrong-value",
    );
    assert!(help(&note).contains("write 2 or 3"), "{}", help(&note));
}

#[test]
fn n33_columns_are_as_deep_as_their_legs() {
    let legs =
        "legs = [{ columns = 2, lines = 12 }, { columns = 1, line = 20, text_columns = 1 }]\n";
    let layout = good(&format!(
        "{SMALL}{legs}frames = [{{ column = 6, columns = 2, line = 1, lines = 9, text_columns = 1 }}]\n"
    ));
    let slot = &layout.slots[0];
    let columns: Vec<_> = slot
        .text
        .iter()
        .map(|column| (column.reach.clone(), column.run))
        .collect();
    assert_eq!(
        columns,
        [
            (Some(0..12), 0),
            (Some(0..12), 0),
            (Some(19..60), 0),
            (None, 0),
            (None, 0),
            (Some(0..9), 1),
        ]
    );
    let em = Length::pt(9);
    assert_eq!(slot.text.get(3).x, em * 42);
    assert_eq!(
        (slot.text.get(5).x, slot.text.get(5).measure),
        (em * 70, em * 27)
    );
    let cells = |columns, lines| Cells { columns, lines };
    assert_eq!(
        slot.shape,
        [
            cells(0..2, 0..12),
            cells(2..3, 19..60),
            cells(3..5, 0..60),
            cells(5..7, 0..9)
        ]
    );
}

#[test]
fn n33_another_slot_stands_in_the_corner_of_an_l() {
    let other = |line| {
        format!(
            "{SMALL}legs = [{{ columns = 2, lines = 12 }}]\n[[slots]]\nname = \"b\"\ncolumn = 1\ncolumns = 2\nline = {line}\nlines = 10\n"
        )
    };
    assert_eq!(good(&other(13)).slots.len(), 2);
    fault(&other(12), "layout/overlap");
}

#[test]
fn n33_shapes_that_cannot_be_are_told() {
    let faults = [
        (
            "legs = [{ columns = 5, lines = 12 }, { columns = 1 }]",
            "layout/out-of-range",
        ),
        (
            "legs = [{ columns = 2, lines = 61 }]",
            "layout/out-of-range",
        ),
        ("legs = [{ columns = 6 }]", "layout/out-of-range"),
        (
            "frame = \"0.5pt\"\nlegs = [{ columns = 2, lines = 12 }]",
            "layout/wrong-value",
        ),
        (
            "ending = \"balance\"\nlegs = [{ columns = 2, lines = 12 }]",
            "layout/wrong-value",
        ),
        (
            "direction = \"vertical\"\nlegs = [{ columns = 2, lines = 12 }]",
            "layout/wrong-value",
        ),
        (
            "frames = [{ column = 5, columns = 2, line = 60, lines = 9 }]",
            "layout/wrong-value",
        ),
        (
            "frames = [{ column = 8, columns = 2, line = 60, lines = 9 }]",
            "layout/outside-grid",
        ),
    ];
    for (keys, code) in faults {
        fault(&format!("{SMALL}{keys}\n"), code);
    }
}

#[test]
fn n20_the_headline_s_size_and_face_are_said_in_short() {
    let layout = good(&format!(
        "{SMALL}head = {{ size = \"小初\", face = \"hei\" }}\n"
    ));
    let head = layout.slots[0].style(Role::Head);
    assert_eq!(head.size, Length::pt(36));
    assert_eq!(layout.faces[head.face].name, "hei".into());
}

#[test]
fn n07_half_a_column_is_no_place() {
    let (note, place) = fault(&with("column = 1", "column = 2.5"), "layout/wrong-value");
    assert_eq!(place, "2.5");
    assert!(note.message.en.contains("whole number"));
}

#[test]
fn n08_small_body_is_a_warning() {
    let (note, _) = fault(
        &with("size = \"小五\"", "size = \"6pt\""),
        "layout/small-body",
    );
    assert_eq!(note.severity, Severity::Warning);
}

#[test]
fn n09_lines_of_490_mm() {
    for (gap, lines) in [("1/4", 123), ("1/3", 115)] {
        let text = SMALL
            .replace("pitch = \"12pt\"", &format!("line_gap = \"{gap}\""))
            .replace("lines = 115", "area = [\"352.425mm\", \"490mm\"]");
        assert_eq!(good(&text).grid.lines, lines);
    }
}

#[test]
fn n10_capacity() {
    assert_eq!(
        good(&with("lines = 115", "lines = 115")).capacity(),
        8 * 13 * 115
    );
    // the row's own page: 123 lines on a pitch of 11.25 points
    let page =
        with("lines = 115", "lines = 123").replace("pitch = \"12pt\"", "pitch = \"11.25pt\"");
    assert_eq!(good(&page).capacity(), 12_792);
}

#[test]
fn n11_size_names_and_the_house_table() {
    assert_eq!(good(SMALL).grid.size, Length::pt(9));
    let house = format!(
        "sizes = {{ \"报五\" = \"9.5pt\" }}\n{}",
        with("\"小五\"", "\"报五\"")
    );
    assert_eq!(
        good(
            &house
                .replace("pitch = \"12pt\"", "pitch = \"13pt\"")
                .replace("chars = 13", "chars = 12")
        )
        .grid
        .size,
        Length::from_millipt(9500)
    );
    let (note, place) = fault(&with("\"小五\"", "\"大五\""), "layout/unknown-size");
    assert_eq!(place, "\"大五\"");
    assert!(
        help(&note).contains("did you mean `小五`"),
        "{}",
        help(&note)
    );
}

#[test]
fn n13_paper_name_is_larger_than_headlines() {
    let text = format!(
        "masthead = true\n{SMALL}\nstyle.head = {{ size = \"72pt\" }}\n[[furniture]]\nname = \"m\"\ntext = \"{{paper}}\"\ncolumn = 1\ncolumns = 8\ny = \"5mm\"\nheight = \"20mm\"\nstyle.size = \"60pt\"\n"
    );
    let (note, _) = fault(&text, "layout/masthead-small");
    assert_eq!(note.severity, Severity::Error);
    let (_, _) = fault(
        &format!("masthead = true\n{SMALL}"),
        "layout/masthead-missing",
    );
    // what stands with it counts too
    let ear = text.replace("72pt", "50pt")
        + "[[furniture]]\nname = \"ear\"\ntext = \"{ear}\"\ncolumn = 1\ncolumns = 8\ny = \"30mm\"\nheight = \"20mm\"\n";
    fault(
        &format!("{ear}style.size = \"60pt\"\n"),
        "layout/masthead-small",
    );
    let notes = read(&format!("{ear}style.size = \"59pt\"\n")).notes;
    assert!(
        notes
            .iter()
            .all(|note| note.code != "layout/masthead-small")
    );
}

#[test]
fn n04_furniture_keeps_clear_of_the_slots() {
    let over = |keys: &str| {
        let text = format!("{SMALL}[[furniture]]\nname = \"x\"\n{keys}\n");
        let notes = read(&text).notes;
        notes
            .iter()
            .any(|note| note.code == "layout/furniture-over-slot")
    };
    let grid = good(SMALL).grid;
    let mm = |length: Length| format!("\"{:.3}mm\"", length.to_mm());
    let (x, y) = (mm(grid.column_x(1)), mm(grid.line_y(20)));
    assert!(over(&format!(
        "fill = 100\nx = {x}\nwidth = \"9mm\"\ny = {y}\nheight = \"9mm\""
    )));
    assert!(over(&format!(
        "text = \"注\"\nx = {x}\nwidth = \"9mm\"\ny = {y}\nheight = \"9mm\""
    )));
    assert!(over(
        "rule = \"0.5pt\"\nvertical = true\ncolumn = 3\nline = 4\nlines = 20"
    ));
    // beside it, and a frame round it
    assert!(!over(
        "rule = \"0.5pt\"\nvertical = true\ncolumn = 6\nline = 4\nlines = 20"
    ));
    assert!(!over(&format!(
        "frame = \"0.5pt\"\nx = {x}\nwidth = \"9mm\"\ny = {y}\nheight = \"9mm\""
    )));
}

#[test]
fn n21_sub_too_near_to_the_headline() {
    let text = format!("{SMALL}\nstyle.head.size = \"小初\"\nstyle.deck.size = \"30pt\"\n");
    let noted = read(&text);
    let codes = |noted: &Noted<Option<Layout>>| {
        noted
            .notes
            .iter()
            .filter(|n| n.message.en.contains("deck") && n.code == "layout/size-relation")
            .count()
    };
    assert_eq!(codes(&noted), 1);
    let text = format!("{SMALL}\nstyle.head.size = \"小初\"\nstyle.deck.size = \"小二\"\n");
    assert_eq!(codes(&read(&text)), 0);
}

#[test]
fn p14_sizes_form_a_ladder() {
    let text = format!("{SMALL}\nstyle.head.size = \"小二\"\nstyle.subhead.size = \"小二\"\n");
    let (note, _) = fault(&text, "layout/size-ladder");
    assert_eq!(note.severity, Severity::Warning);
}

#[test]
fn n23_headline_capacity() {
    let layout = good(&with("columns = 5", "columns = 6"));
    let slot = &layout.slots[0];
    assert_eq!(slot.head_capacity(&layout.grid, Length::pt(30)), 24);
    assert_eq!(slot.head_capacity(&layout.grid, Length::pt(36)), 20);
}

#[test]
fn n23_a_headline_holds_what_its_own_block_does() {
    let capacity = |keys: &str| {
        let layout = good(&format!("{SMALL}{keys}\n"));
        layout.slots[0].head_capacity(&layout.grid, layout.grid.size)
    };
    let layout = good(SMALL);
    let (chars, columns) = (layout.grid.chars, layout.slots[0].columns);
    // gaps are an em each
    let over = |columns: u16| i64::from(chars * columns + columns - 1);
    assert_eq!(capacity(""), over(columns));
    assert_eq!(capacity("head = { columns = 2 }"), over(2));
    assert_eq!(capacity("head = { type = \"左题\" }"), over(1));
    let high = |lines: u16| layout.grid.height(lines).whole(layout.grid.size);
    let upright = "head = { type = \"竖题\", lines = 12 }";
    assert_eq!(capacity(upright), high(12));
    assert_eq!(
        capacity("direction = \"vertical\""),
        high(layout.slots[0].lines)
    );
}

#[test]
fn n27_text_stands_in_two_bands_around_a_headline() {
    let head = |keys: &str| format!("{SMALL}head = {{ type = \"文夹题\"{keys} }}\n");
    let layout = good(&head(", line = 13, lines = 6"));
    let columns = layout.slots[0].text.iter();
    let reaches: Vec<_> = columns
        .map(|column| (column.run, column.reach.clone()))
        .collect();
    assert_eq!(reaches.len(), 10);
    assert_eq!(reaches[4], (0, Some(0..12)));
    assert_eq!(reaches[5], (1, Some(18..60)));
    for keys in [
        "",
        ", line = 13",
        ", line = 1, lines = 6",
        ", line = 50, lines = 11",
    ] {
        let (note, _) = fault(&head(keys), "layout/wrong-value");
        assert!(note.message.en.contains("above and below"), "{keys}");
    }
}

#[test]
fn n27_a_headline_stands_beside_or_inside_its_text() {
    use crate::desk::plan::HeadPlace;
    let head = |keys: &str| format!("{SMALL}text_columns = 4\nhead = {{ {keys} }}\n");
    let place = |keys: &str| match good(&head(keys)).slots[0].head_place {
        HeadPlace::Block {
            column,
            columns,
            line,
            ..
        } => (column, columns, line),
        other => panic!("{other:?}"),
    };
    assert_eq!(place("type = \"左题\""), (0, 1, Some(0)));
    assert_eq!(place("type = \"right\", columns = 2"), (2, 2, Some(0)));
    assert_eq!(place("type = \"串文题\""), (1, 2, Some(0)));
    assert_eq!(place("type = \"腰带题\", line = 3"), (0, 4, Some(2)));
    assert_eq!(
        place("type = \"文包题\", column = 2, columns = 1"),
        (1, 1, None)
    );
}

#[test]
fn n27_a_headline_that_cannot_stand_so_is_told() {
    let faults = [
        ("type = \"左题\", columns = 4", "4"),
        ("type = \"inside\", column = 4, columns = 2", "4"),
        ("type = \"左题\", line = 3", "3"),
        ("type = \"腰带题\", columns = 2", "2"),
        ("column = 2", "2"),
        ("type = \"腰带题\", line = 55, lines = 7", "55"),
        ("type = \"文包题\", line = 60, lines = 9", "60"),
    ];
    for (keys, at) in faults {
        let text = format!("{SMALL}text_columns = 4\nhead = {{ {keys} }}\n");
        let (note, place) = match keys.contains("columns = 2") && keys.contains("inside")
            || keys.contains("columns = 4")
            || keys.contains(", lines")
        {
            true => fault(&text, "layout/out-of-range"),
            false => fault(&text, "layout/wrong-value"),
        };
        assert_eq!(place, at, "{keys}: {}", note.message.en);
    }
}

#[test]
fn v17_a_headline_stands_upright_and_only_where_it_can() {
    use crate::desk::plan::{HeadPlace, Side};
    let upright = "head = { type = \"竖题\", side = \"right\", columns = 2, lines = 20 }\n";
    assert_eq!(
        good(&format!("{SMALL}{upright}")).slots[0].head_place,
        HeadPlace::Upright {
            side: Side::Right,
            columns: 2,
            lines: 20
        }
    );
    let (_, place) = fault(
        &format!("{SMALL}head = {{ side = \"left\" }}\n"),
        "layout/wrong-value",
    );
    assert_eq!(place, "\"left\"");
    let down = format!("{SMALL}direction = \"vertical\"\n");
    assert_eq!(good(&down).slots[0].text.count(), 1, "one band");
    let over = format!("{down}head = {{ type = \"over\" }}\n");
    let (note, _) = fault(&over, "layout/not-built-yet");
    assert!(note.message.en.contains("right of its text"));
}

#[test]
fn v17_an_upright_headline_stands_clear_of_its_text() {
    let clear = |keys: &str| good(&format!("{SMALL}{keys}\n")).slots[0].head_clear;
    assert_eq!(clear(""), Length::ZERO, "over its text");
    assert_eq!(clear("direction = \"vertical\""), Length::pt(9));
    assert_eq!(clear("head = { type = \"vertical\" }"), Length::pt(9));
    assert_eq!(
        clear("head = { type = \"vertical\", clear = 2 }"),
        Length::pt(18)
    );
    let (_, place) = fault(
        &format!("{SMALL}head = {{ clear = 2 }}\n"),
        "layout/wrong-value",
    );
    assert_eq!(place, "2");
}

#[test]
fn p24_v17_a_picture_has_the_words_of_its_setting() {
    use crate::desk::plan::{Anchor, CaptionSide};
    let pictures = |down: bool, keys: &str| {
        let down = if down {
            "direction = \"vertical\"\n"
        } else {
            ""
        };
        let place = "name = \"photo\", column = 1, columns = 1, lines = 4";
        format!("{SMALL}{down}pictures = [{{ {place}, {keys} }}]\n")
    };
    let picture = |down: bool, keys: &str| {
        let layout = good(&pictures(down, keys));
        let picture = &layout.slots[0].pictures[0];
        (picture.anchor, picture.caption_side, picture.caption_gap)
    };
    let pitch = good(SMALL).grid.pitch;
    assert_eq!(
        picture(
            true,
            "anchor = \"left\", caption = \"right\", caption_gap = 1"
        ),
        (Anchor::Bottom, CaptionSide::Before, pitch)
    );
    assert_eq!(
        picture(true, "crop = false"),
        (Anchor::Top, CaptionSide::After, pitch / 4)
    );
    assert_eq!(
        picture(false, "anchor = \"bottom\", caption = \"above\""),
        (Anchor::Bottom, CaptionSide::Before, pitch / 4)
    );
    for (down, keys, said) in [
        (true, "anchor = \"top\"", "\"top\""),
        (false, "anchor = \"left\"", "\"left\""),
        (true, "caption = \"below\"", "\"below\""),
        (false, "caption = \"right\"", "\"right\""),
        (true, "width = 3", "3"),
        (false, "height = 3", "3"),
    ] {
        let (_, place) = fault(&pictures(down, keys), "layout/wrong-value");
        assert_eq!(place, said, "{keys}");
    }
    fault(
        &pictures(true, "caption_gap = \"2行\""),
        "layout/out-of-range",
    );
}

#[test]
fn p01_indent_is_in_em_of_the_style() {
    let style = |text: &str| good(text).style(Role::Body).indent;
    assert_eq!(style(SMALL), Length::pt(18));
    assert_eq!(
        style(&with("face = \"song\"", "face = \"song\"\nindent = 1")),
        Length::pt(9)
    );
    assert_eq!(
        style(&format!("{SMALL}\n[composition]\nindent = 1\n")),
        Length::pt(9)
    );
}

#[test]
fn the_rules_that_rows_name_can_be_set() {
    use crate::base::clreq::{self, Em, Region};
    let scheme = |keys: &str| {
        good(&format!("{SMALL}\n[composition]\n{keys}\n"))
            .composition
            .scheme()
    };
    let usual = clreq::Scheme::default();
    assert_eq!(scheme(""), usual);
    assert!(scheme("gaps_fixed = true").gaps_fixed, "l38");
    let third = scheme("gap_max = \"1/3\"");
    assert_eq!(
        (third.gap_letters.max, third.gap_digits.max),
        (Em::THIRD, Em::THIRD)
    );
    let tight = scheme("gap_max = \"1/3\"\nhan_digit_gap = 0");
    assert_eq!(
        (tight.gap_digits.natural, tight.gap_digits.max),
        (Em::ZERO, Em::THIRD)
    );
    assert_eq!(scheme("loose_limit = \"1/2\"").loose_limit, Em::HALF, "l44");
    assert!(scheme("force_words = true").force_words, "l16");
    assert!(!scheme("trim_line_start = false").trim_line_start, "l31");
    assert!(scheme("trim_after_indent = true").trim_after_indent, "l32");
    assert!(
        scheme("keep_sentence_final = true").keep_sentence_final,
        "l37"
    );
    assert_eq!(scheme("runt_minimum = 3").runt_minimum, 3, "p10");
    assert_eq!(scheme("glue_units = true").glue_units, Some(true), "l15");
    assert!(scheme("hyphenate = true").hyphenate, "l16");
    assert!(scheme("grid_align = true").grid_align, "l49");
    assert!(scheme("runt_minimum = 3").mend_stranded, "p11");
    assert!(!scheme("mend_stranded = false").mend_stranded, "p11");
    // t02: the region brings its own line end, unless the layout has one
    let tw = scheme("region = \"tw\"");
    assert_eq!((tw.region, tw.line_end), (Region::Tw, clreq::LineEnd::Full));
    let half = scheme("region = \"hk\"\nline_end = \"half\"");
    assert_eq!(
        (half.region, half.line_end),
        (Region::Hk, clreq::LineEnd::Half)
    );
}

#[test]
fn n12_a_profile_sets_what_narrow_columns_want() {
    use crate::base::clreq::{self, Em};
    let gaps = |keys: &str| {
        let text = format!("{SMALL}\n[composition]\n{keys}\n");
        let scheme = good(&text).composition.scheme();
        (scheme.gap_letters.natural, scheme.gap_digits.natural)
    };
    let (standard, narrow) = ((Em::QUARTER, Em::QUARTER), (Em::QUARTER, Em::ZERO));
    assert_eq!(gaps(""), standard);
    assert_eq!(gaps("profile = \"narrow\""), narrow);
    // the columns of this layout have 13 em
    assert_eq!(gaps("profile = \"auto\""), narrow);
    assert_eq!(gaps("profile = \"standard\""), standard);
    // single keys stand above the profile
    let own = "profile = \"narrow\"\nhan_digit_gap = \"1/4\"";
    assert_eq!(gaps(own), standard);
    let wide = SMALL
        .replace("chars = 13", "chars = 17")
        .replace("columns = 8", "columns = 6");
    let wide = good(&format!("{wide}\n[composition]\nprofile = \"auto\"\n"));
    assert_eq!(wide.composition.scheme(), clreq::Scheme::default());
}

#[test]
fn t36_loose_setting_has_names() {
    let tracking = |value: &str| {
        let text = with(
            "face = \"song\"",
            &format!("face = \"song\"\ntracking = {value}"),
        );
        good(&text).style(Role::Body).tracking
    };
    for (value, quarters) in [
        ("\"四分\"", 1),
        ("\"quarter\"", 1),
        ("\"二分\"", 2),
        ("\"half\"", 2),
        ("\"全角\"", 4),
        ("\"full\"", 4),
        ("\"1/4\"", 1),
    ] {
        assert_eq!(tracking(value), Length::pt(9) * quarters / 4, "{value}");
    }
    assert_eq!(tracking("\"三分\""), Length::pt(3));
}

#[test]
fn t36_tight_setting_is_for_headlines_only() {
    let style = |role: &str, value: &str| format!("{SMALL}\n[styles.{role}]\ntracking = {value}\n");
    assert!(good(&style("head", "-0.05")).style(Role::Head).tracking < Length::ZERO);
    for role in ["caption", "quote", "byline"] {
        let (note, _) = fault(&style(role, "-0.05"), "layout/out-of-range");
        assert!(note.message.en.contains("headlines only"), "{role}");
    }
    let (note, place) = fault(&style("label", "\"四份\""), "layout/unknown-name");
    assert_eq!(place, "\"四份\"");
    assert!(note.help.is_some());
}

#[test]
fn p09_a_gap_above_the_size_is_warned_of() {
    let wide = |text: &str| {
        let noted = read(text);
        assert!(noted.value.is_some());
        let codes = noted.notes.iter().map(|note| note.code);
        codes.filter(|code| *code == "layout/wide-line-gap").count() > 0
    };
    assert!(!wide(SMALL));
    assert!(wide(&SMALL.replace(
        "pitch = \"12pt\"\nlines = 115",
        "line_gap = \"6/5\"\nlines = 60"
    )));
    assert!(wide(&SMALL.replace(
        "pitch = \"12pt\"\nlines = 115",
        "pitch = \"20pt\"\nlines = 60"
    )));
    assert!(wide(&format!(
        "{SMALL}\n[styles.caption]\nline_gap = \"6/5\"\n"
    )));
    assert!(wide(&format!(
        "{SMALL}\n[styles.caption]\npitch = \"20pt\"\n"
    )));
}

#[test]
fn p03_p15_p31_keys_of_passages_are_checked() {
    for (keys, code) in [
        ("[styles.law]\nhang = 40", "layout/out-of-range"),
        ("[styles.names]\nspread = 0", "layout/out-of-range"),
        ("[styles.quote]\nbefore = -1", "layout/out-of-range"),
        (
            "[styles.list_item]\nnumbering = [\"甲、\"]",
            "layout/wrong-value",
        ),
        ("[inline]\nrun_in_gap = \"1/2\"", "layout/out-of-range"),
        ("[inline]\nrun_in = \"nix\"", "layout/unknown-name"),
    ] {
        fault(&format!("{SMALL}\n{keys}\n"), code);
    }
}

#[test]
fn rules_that_cannot_be_are_refused_with_the_nearest_word() {
    for (keys, code, help) in [
        ("region = \"cm\"", "layout/wrong-value", "`cn`"),
        ("gaps_fixd = true", "layout/unknown-key", "`gaps_fixed`"),
        ("gap_max = 2", "layout/out-of-range", "0 to 1"),
        ("gap_max = \"1/8\"", "layout/out-of-range", "\"1/3\""),
        ("loose_limit = 9", "layout/out-of-range", "0 to 4"),
        ("runt_minimum = 10", "layout/out-of-range", "from 0 to 9"),
        ("force_words = 1", "layout/wrong-value", ""),
        ("profile = \"narow\"", "layout/wrong-value", "`narrow`"),
        ("hyphenate = \"en\"", "layout/wrong-value", ""),
    ] {
        let (note, _) = fault(&format!("{SMALL}\n[composition]\n{keys}\n"), code);
        let shown = note.help.map_or(String::new(), |help| help.en);
        assert!(shown.contains(help), "{keys}: {shown}");
    }
}

/// Nothing maps the word silently: `loose` lets ！？：； start a line.
#[test]
fn l11_loose_is_no_level() {
    let text = format!("{SMALL}\n[composition]\nlevel = \"loose\"\n");
    let (note, _) = fault(&text, "layout/wrong-value");
    assert_eq!(note.severity, Severity::Fatal);
}

#[test]
fn p06_the_rest_of_a_column_goes_to_the_gap() {
    let text = with("chars = 13", "column_width = \"120pt\"");
    let grid = good(&text).grid;
    assert_eq!((grid.chars, grid.gap), (13, Length::pt(12)));
    let (note, _) = fault(&text, "layout/column-remainder");
    assert_eq!(note.severity, Severity::Warning);
}

#[test]
fn p13_headings_are_blocks_of_grid_lines() {
    let text = format!("{SMALL}style.subhead = {{ first = 3, next = 2 }}\n");
    let layout = good(&text);
    assert_eq!(layout.slots[0].style(Role::Subhead).block, Some((3, 2)));
    assert_eq!(layout.style(Role::Subhead).block, Some((2, 1)));
    assert_eq!(layout.style(Role::Subhead).keep_next, 2);
}

#[test]
fn t34_an_undefined_face_role_is_an_error() {
    let text = with("face = \"song\"", "face = \"sung\"");
    let (note, place) = fault(&text, "layout/unknown-name");
    assert_eq!(place, "\"sung\"");
    assert!(help(&note).contains("did you mean `song`"));
}

#[test]
fn p30_a_pair_is_read_exactly_and_within_its_limits() {
    let latin = "latin = [\"b\"]";
    let pair = |keys: &str| with(latin, &format!("{latin}\n{keys}"));
    let read = good(&pair("latin_scale = \"104.5%\"\nlatin_shift = 0.015"));
    let song = read.faces.iter().find(|face| &*face.name == "song");
    let song = song.expect("the role").pair;
    assert_eq!((song.scale, song.shift), (1045, 15));
    let usual = good(SMALL).faces[1].pair;
    assert_eq!((usual.scale, usual.shift), (1000, 0));

    for (key, wrong, limits) in [
        ("latin_scale", "\"99%\"", "100% to 110%"),
        ("latin_scale", "1.1001", "100% to 110%"),
        ("latin_scale", "\"1em\"", "100% to 110%"),
        ("latin_shift", "\"-0.03em\"", "-0.02 to 0.05"),
        ("latin_shift", "\"5%\"", "-0.02 to 0.05"),
    ] {
        let (note, place) = fault(&pair(&format!("{key} = {wrong}")), "layout/out-of-range");
        assert_eq!(place, wrong);
        assert!(help(&note).contains(limits), "{note:?}");
    }
    let alone = with("han = \"c\"", "han = \"c\"\nlatin_shift = 0.02");
    let (_, place) = fault(&alone, "layout/wrong-value");
    assert_eq!(place, "0.02");
}

#[test]
fn p27_two_or_three_lines_of_the_body_alone() {
    let body = |keys: &str| with("[styles.body]", &format!("{keys}\n[styles.body]"));
    let read = good(&with("face = \"song\"", "face = \"song\"\ndrop_cap = 3"));
    assert_eq!(read.style(Role::Body).drop_cap, 3);
    assert_eq!(good(SMALL).style(Role::Body).drop_cap, 0);
    for lines in ["1", "4"] {
        let keys = format!("face = \"song\"\ndrop_cap = {lines}");
        let (_, place) = fault(&with("face = \"song\"", &keys), "layout/out-of-range");
        assert_eq!(place, lines);
    }
    let on = with("face = \"song\"", "face = \"song\"\ndrop_cap = 2");
    let slot = |keys: &str| {
        good(&format!("{on}{keys}")).slots[0]
            .style(Role::Body)
            .drop_cap
    };
    assert_eq!(slot(""), 2);
    assert_eq!(slot("style.body = { drop_cap = 0 }\n"), 0);
    let (_, place) = fault(&body("[styles.quote]\ndrop_cap = 2"), "layout/wrong-value");
    assert_eq!(place, "2");
}

#[test]
fn n37_names_of_one_width_are_of_the_byline_alone() {
    let style = |keys: &str| with("[styles.body]", &format!("{keys}\n[styles.body]"));
    let read = good(&style("[styles.byline]\nnames = \"even\""));
    assert!(read.style(Role::Byline).even_names);
    let (_, place) = fault(
        &style("[styles.deck]\nnames = \"even\""),
        "layout/wrong-value",
    );
    assert_eq!(place, "\"even\"");
}

#[test]
fn n43_a_label_may_stand_in_two_marks() {
    let style = |keys: &str| with("[styles.body]", &format!("{keys}\n[styles.body]"));
    let read = good(&style("[styles.label]\nbrackets = \"【】\""));
    assert_eq!(read.style(Role::Label).brackets, Some(('【', '】')));
    for wrong in [
        "[styles.label]\nbrackets = \"【\"",
        "[styles.deck]\nbrackets = \"【】\"",
    ] {
        let (note, _) = fault(&style(wrong), "layout/wrong-value");
        assert!(help(&note).contains("【】"), "{note:?}");
    }
}

#[test]
fn n26_the_slot_s_own_style_stands_above_the_kind() {
    let kinds = "[genres.feature.head]\nface = \"hei\"\nsize = \"20pt\"\n[styles.body]";
    let text = with("[styles.body]", kinds);
    let text = text.replacen("columns = 5", "columns = 5\nstyle.head.size = \"30pt\"", 1);
    let layout = good(&text);
    let slot = &layout.slots[0];
    let plain = slot.for_genre(None);
    let feature = slot.for_genre(Some(Genre::Feature));
    let (usual, own) = (plain.style(Role::Head), feature.style(Role::Head));
    assert_eq!(own.size, Length::pt(30));
    assert_eq!(&*layout.faces[own.face].name, "hei");
    assert_ne!(usual.face, own.face);
    assert_eq!(slot.for_genre(Some(Genre::News)).style(Role::Head), usual);
}

#[test]
fn n20_a_framed_part_stands_an_em_inside_it() {
    let style = |keys: &str| with("[styles.body]", &format!("{keys}\n[styles.body]"));
    let read = good(&style(
        "[styles.summary]\nframe = \"0.5pt\"\nsize = \"10pt\"",
    ));
    let summary = read.style(Role::Summary);
    assert_eq!(
        (summary.start, summary.end),
        (Length::pt(10), Length::pt(10))
    );
    assert_eq!(summary.align, Align::Justify);
}

#[test]
fn p19_marks_and_place_of_notes() {
    let notes = |keys: &str| with("[styles.body]", &format!("[notes]\n{keys}\n[styles.body]"));
    assert!(good(&notes("marks = \"superscript\"")).notes.superscript);
    assert!(
        !good(&notes("marks = \"circled\"\nplace = \"end\""))
            .notes
            .superscript
    );
    let (note, place) = fault(&notes("place = \"column_foot\""), "layout/wrong-value");
    assert_eq!(place, "\"column_foot\"");
    assert!(help(&note).contains("end"), "{note:?}");
    assert!(!help(&note).contains("column_foot"), "{note:?}");
}

#[test]
fn n40_a_frame_takes_one_em_on_each_side() {
    let text = with(
        "columns = 5",
        "columns = 2\ntext_columns = 1\nframe = \"0.5pt\"",
    );
    assert_eq!(good(&text).slots[0].text.measure(), Length::pt(9) * 25);
}

#[test]
fn unknown_keys_are_all_reported() {
    let text = with("columns = 8", "colums = 8\ncolumns = 8")
        .replace("line = 1\n", "line = 1\nlinse = 2\n");
    let noted = read(&text);
    let unknown: Vec<&Diagnostic> = noted
        .notes
        .iter()
        .filter(|note| note.code == "layout/unknown-key")
        .collect();
    assert_eq!(unknown.len(), 2);
    assert!(unknown[0].message.en.contains("`grid.colums`"));
    assert!(help(unknown[0]).contains("did you mean `columns`"));
    assert!(help(unknown[1]).contains("did you mean `line"));
}

#[test]
fn many_faults_of_one_file_are_all_reported() {
    let text = SMALL
        .replace("[\"390mm\", \"540mm\"]", "[\"390mm\", \"9000mm\"]")
        .replace("pitch = \"12pt\"", "pitch = \"12px\"")
        .replace("chars = 13", "chars = 1300")
        .replace(
            "face = \"song\"",
            "face = 3\nalign = \"middle\"\nink = 300\nsize = \"600pt\"",
        );
    let codes: Vec<&str> = read(&text).notes.iter().map(|note| note.code).collect();
    let count = |code: &str| codes.iter().filter(|found| **found == code).count();
    assert_eq!(count("layout/out-of-range"), 3, "{codes:?}");
    assert_eq!(count("layout/wrong-value"), 4, "{codes:?}");
    assert_eq!(codes.len(), 7, "{codes:?}");
}

#[test]
fn negative_and_absurd_numbers_are_out_of_range() {
    for (from, to, place) in [
        ("columns = 8", "columns = -8", "-8"),
        ("columns = 8", "columns = 31", "31"),
        ("chars = 13", "chars = 201", "201"),
        ("lines = 115", "lines = 1001", "1001"),
        ("lines = 115", "lines = 0", "0"),
        ("\"小五\"", "\"501pt\"", "\"501pt\""),
        ("\"小五\"", "\"3pt\"", "\"3pt\""),
        ("\"540mm\"", "\"2001mm\"", "\"2001mm\""),
        ("\"12pt\"", "\"8pt\"", "\"8pt\""),
        (
            "columns = 8",
            "columns = 99999999999999999999999",
            "99999999999999999999999",
        ),
        ("column = 1", "column = 0", "0"),
    ] {
        let (_, found) = fault(&with(from, to), "layout/out-of-range");
        assert_eq!(found, place);
    }
}

#[test]
fn a_grid_that_leaves_the_sheet_is_refused() {
    for (from, to) in [
        ("chars = 13", "chars = 200"),
        ("lines = 115", "lines = 1000"),
    ] {
        let (note, _) = fault(&with(from, to), "layout/area-too-large");
        assert!(!help(&note).is_empty());
    }
}

#[test]
fn a_slot_outside_the_grid_is_refused() {
    let (note, place) = fault(&with("columns = 5", "columns = 9"), "layout/outside-grid");
    assert_eq!(place, "9");
    assert!(help(&note).contains("must not exceed 8"));
    fault(&with("line = 1", "line = 100"), "layout/outside-grid");
}

#[test]
fn overlapping_slots_are_refused() {
    let second = "[[slots]]\nname = \"other\"\ncolumn = 5\ncolumns = 2\nline = 60\nlines = 3\n";
    let (note, _) = fault(&format!("{SMALL}{second}"), "layout/overlap");
    assert_eq!(note.related.len(), 1);
    good(&format!(
        "{SMALL}{}",
        second.replace("line = 60", "line = 61")
    ));
    let (_, _) = fault(
        &format!(
            "{SMALL}{}",
            second
                .replace("other", "lead")
                .replace("line = 60", "line = 61")
        ),
        "layout/duplicate",
    );
}

#[test]
fn furniture_over_a_slot_or_off_the_sheet_is_refused() {
    let item = "[[furniture]]\nname = \"x\"\ntext = \"y\"\ncolumn = 1\ncolumns = 2\nline = 60\nlines = 2\n";
    fault(&format!("{SMALL}{item}"), "layout/overlap");
    let item = "[[furniture]]\nname = \"x\"\ntext = \"y\"\ncolumn = 1\ncolumns = 2\ny = \"539mm\"\nheight = \"8mm\"\n";
    fault(&format!("{SMALL}{item}"), "layout/outside-sheet");
}

#[test]
fn shapes_of_tables_are_checked() {
    let (note, _) = fault(&SMALL.replace("[[slots]]", "[slots]"), "layout/wrong-value");
    assert!(help(&note).contains("[[slots]]"));
    let (note, _) = fault(
        &format!(
            "grid = 3\n{}",
            SMALL
                .replace("[grid]", "[sizes]")
                .replace("columns = 8\n", "")
                .replace("chars = 13\n", "")
                .replace("size = \"小五\"\n", "")
                .replace("lines = 115\n", "")
                .replace("pitch = \"12pt\"\n", "")
        ),
        "layout/wrong-value",
    );
    assert!(help(&note).contains("[grid]"));
}

#[test]
fn missing_keys_are_named() {
    let (note, _) = fault(&with("chars = 13\n", ""), "layout/missing");
    assert!(note.message.en.contains("grid.chars"));
    let (note, _) = fault(&with("name = \"lead\"\n", ""), "layout/missing");
    assert!(note.message.en.contains("`name`"));
    assert!(read("").value.is_none());
}

#[test]
fn broken_toml_has_a_place() {
    let (note, place) = fault(&format!("报五 = 1\n{SMALL}"), "layout/syntax");
    assert_eq!(place, "报五");
    assert!(help(&note).contains("quotes"));
    let noted = read("a = \n[grid\ncolumns = 8");
    assert!(noted.value.is_none());
    assert!(
        noted
            .notes
            .iter()
            .any(|note| note.code == "layout/syntax" && note.span.is_some())
    );
}

#[test]
fn pictures_stand_inside_their_slot() {
    let with_picture = |picture: &str| format!("{SMALL}pictures = [{{ {picture} }}]\n");
    let text = with_picture(
        "name = \"p\", column = 2, columns = 2, lines = 9, anchor = \"line 12\", width = 18",
    );
    let picture = good(&text).slots[0].pictures[0].clone();
    assert_eq!((picture.column, picture.columns, picture.lines), (1, 2, 9));
    assert_eq!(picture.anchor, Anchor::Line(11));
    assert_eq!(picture.width, Length::pt(9) * 18);
    fault(
        &with_picture("name = \"p\", column = 5, columns = 2, lines = 9"),
        "layout/outside-grid",
    );
    fault(
        &with_picture("name = \"p\", column = 1, columns = 1, lines = 9, width = 14"),
        "layout/out-of-range",
    );
    let (note, place) = fault(
        &with_picture("name = \"p\", column = 1, columns = 1, lines = 9, anchor = \"left\""),
        "layout/wrong-value",
    );
    assert_eq!(place, "\"left\"");
    assert!(help(&note).contains("bottom"));
}

#[test]
fn words_that_are_not_allowed_name_the_nearest() {
    let (note, place) = fault(
        &with("face = \"song\"", "face = \"song\"\nalign = \"centre\""),
        "layout/wrong-value",
    );
    assert_eq!(place, "\"centre\"");
    assert!(
        help(&note).contains("did you mean `center`"),
        "{}",
        help(&note)
    );
    assert_eq!(
        good(&with(
            "face = \"song\"",
            "face = \"song\"\nalign = \"even\""
        ))
        .style(Role::Body)
        .align,
        Align::Even
    );
}

#[test]
fn inks_are_percentages() {
    let ink = |value: &str| {
        with(
            "face = \"song\"",
            &format!("face = \"song\"\nink = {value}"),
        )
    };
    assert_eq!(good(&ink("15")).style(Role::Body).ink, Ink::grey(150));
    assert_eq!(
        good(&ink("[0, 80, 60, 10]")).style(Role::Body).ink,
        Ink::cmyk(0, 800, 600, 100)
    );
    for word in ["paper", "纸"] {
        assert_eq!(
            good(&ink(&format!("\"{word}\""))).style(Role::Body).ink,
            Ink::WHITE
        );
    }
    let gold = good(&ink("[\"专金 871\", 60, [0, 20, 60, 20]]"));
    let gold = gold.style(Role::Body).ink;
    assert_eq!(
        gold.spot.map(|spot| (spot.name().to_owned(), spot.tint())),
        Some(("专金 871".to_owned(), 600))
    );
    assert_eq!(gold.process(), [0, 120, 360, 120]);
    let wrong = [
        "101",
        "-1",
        "[0, 0]",
        "[0, 0, 0, 200]",
        "\"red\"",
        "[\"\", 100, [0, 0, 0, 0]]",
        "[\"All\", 100, [0, 0, 0, 0]]",
        "[\"Gold\", 101, [0, 0, 0, 0]]",
        "[\"Gold\", 100, [0, 0, 0]]",
    ];
    for value in wrong {
        fault(&ink(value), "layout/wrong-value");
    }
}

#[test]
fn schema_names_every_key_and_refuses_others() {
    let schema = crate::desk::schema::schema(Kind::Layout);
    assert_eq!(schema["additionalProperties"], serde_json::json!(false));
    assert!(schema["properties"]["slots"].is_object());
    let issue = crate::desk::schema::schema(Kind::Issue);
    assert!(issue["properties"]["pages"].is_object());
}

#[test]
fn deep_nesting_ends() {
    let text = format!("a = {}", "[".repeat(20_000));
    assert!(read(&text).value.is_none());
    let text = format!("a = {}{}", "{a=".repeat(20_000), "1");
    assert!(read(&text).value.is_none());
}

mod properties {
    use proptest::prelude::{any, prop, proptest};
    use proptest::strategy::Strategy;

    use super::{BUNDLED, read};

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "(?s).{0,200}") {
            read(&text);
        }

        #[test]
        fn toml_like_text_never_panics(
            lines in prop::collection::vec(
                "(\\[+(grid|slots|faces\\.a|styles\\.body)\\]+|(columns|lines|size|trim|name|han) ?= ?(-?[0-9]{1,22}|\"[0-9/.a-z]{0,6}\"|\\[.{0,5}\\]|true|2026-02-30))",
                0..12,
            )
        ) {
            read(&lines.join("\n"));
        }

        #[test]
        fn mutated_layouts_never_panic(
            which in 0..BUNDLED.len(),
            edits in prop::collection::vec((any::<prop::sample::Index>(), "[-0-9a-z\"\\[\\]={}.,\\n五 ]{0,6}", 0..8_usize), 1..6),
        ) {
            let mut chars: Vec<char> = BUNDLED[which].1.chars().collect();
            for (at, new, cut) in &edits {
                let start = at.index(chars.len());
                let end = (start + cut).min(chars.len());
                chars.splice(start..end, new.chars());
            }
            read(&chars.into_iter().collect::<String>());
        }

        #[test]
        fn mutated_numbers_never_panic(
            which in 0..BUNDLED.len(),
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<i64>().prop_map(|n| n >> (n & 63))), 1..4),
        ) {
            let mut words: Vec<String> = BUNDLED[which].1.split(' ').map(str::to_owned).collect();
            let numbers: Vec<usize> = (0..words.len())
                .filter(|&i| words[i].starts_with(|c: char| c.is_ascii_digit()))
                .collect();
            for (at, number) in &edits {
                let word = &mut words[numbers[at.index(numbers.len())]];
                let tail = word.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
                *word = format!("{number}{tail}");
            }
            read(&words.join(" "));
        }
    }
}

#[test]
fn a_layout_is_read_on_a_small_stack() {
    // Threads of a batch have 2 MiB for everything they do; tables of a
    // layout are read in frames one inside another.
    let reader = std::thread::Builder::new().stack_size(512 << 10);
    let read = reader.spawn(|| {
        let values = BUNDLED.map(|(_, text)| read(text).value);
        values.iter().flatten().count()
    });
    let read = read.expect("a thread").join().expect("it ends");
    assert_eq!(read, BUNDLED.len());
}

#[test]
fn n16_furniture_belongs_to_what_is_there() {
    let rule = |with: &str| {
        format!(
            "{SMALL}\n[[furniture]]\nname = \"x\"\nrule = \"1pt\"\ncolumn = 1\ncolumns = 2\ny = \"9mm\"\nwith = [\"{with}\"]\n"
        )
    };
    assert_eq!(&*good(&rule("lead")).furniture[0].with[0], "lead");
    let (note, place) = fault(&rule("laed"), "layout/unknown-name");
    assert_eq!(place, "\"laed\"");
    assert!(help(&note).contains("`lead`"), "{note:#?}");
}

#[test]
fn an_indent_leaves_two_characters_of_the_measure() {
    let text = with("face = \"song\"", "face = \"song\"\nindent = 12");
    let (_, place) = fault(&text, "layout/out-of-range");
    assert_eq!(place, "12");
    good(&with("face = \"song\"", "face = \"song\"\nindent = 11"));
    let (note, _) = fault(
        &format!("{SMALL}\n[composition]\nindent = 12\n"),
        "layout/out-of-range",
    );
    assert!(note.message.zh.contains("不足两字"));
}

#[test]
fn many_overlaps_are_counted() {
    let slot = |n: usize| {
        format!("[[slots]]\nname = \"s{n}\"\ncolumn = 1\ncolumns = 1\nline = 1\nlines = 9\n")
    };
    let head = &SMALL[..SMALL.find("[[slots]]").unwrap()];
    let crowd = |count: usize| -> String {
        let slots: String = (0..count).map(slot).collect();
        format!("{head}{slots}")
    };
    let overlaps = |count: usize| {
        let noted = read(&crowd(count));
        let list = noted.notes.into_iter();
        list.filter(|note| note.code == "layout/overlap")
            .collect::<Vec<_>>()
    };
    assert_eq!(overlaps(6).len(), 15);
    let many = overlaps(600);
    assert_eq!(many.len(), 21);
    assert!(
        many.iter()
            .any(|note| note.message.zh.contains("另有 124730 处"))
    );
}

#[test]
fn a_line_that_is_no_toml_is_told_first_and_alone() {
    let noted = read(&with("columns = 8", "columns 8"));
    let codes: Vec<&str> = noted.notes.iter().map(|note| note.code).collect();
    assert_eq!(codes, ["layout/syntax"]);
    assert!(noted.value.is_none());
}

/// A layout that stands on `texts`, the lowest first.
fn standing(texts: &[&str]) -> Noted<Option<Layout>> {
    let parts: Vec<Part> = (1..)
        .zip(texts)
        .map(|(id, text)| Part {
            key: id.to_string(),
            source: Some(SourceId(id)),
            text: Arc::from(*text),
        })
        .collect();
    parse_chain("test", SourceId(texts.len() as u32), &parts)
}

#[test]
fn what_is_written_stands_above_what_is_inherited() {
    let noted = standing(&[
        SMALL,
        "[grid]\nline_gap = \"1/4\"\n[[slots]]\nname = \"lead\"\nlines = 40\n\
         [[slots]]\nname = \"low\"\ncolumn = 1\ncolumns = 5\nline = 41\nlines = 20",
    ]);
    let layout = noted.value.unwrap_or_else(|| panic!("{:#?}", noted.notes));
    // one way of saying it takes the place of the other
    assert_eq!(layout.grid.pitch, Length::from_millipt(11_250));
    assert_eq!(layout.grid.columns, 8);
    let slots: Vec<(&str, u16, u16)> = layout
        .slots
        .iter()
        .map(|slot| (&*slot.name, slot.columns, slot.lines))
        .collect();
    assert_eq!(slots, [("lead", 5, 40), ("low", 5, 20)]);
}

#[test]
fn pictures_of_an_inherited_slot_are_merged_by_name() {
    let pictures = "pictures = [{ name = \"a\", column = 1, columns = 1, anchor = \"top\", \
                    lines = 9 }, { name = \"b\", column = 3, columns = 1, anchor = \"top\", lines = 9 }]";
    let base = format!("{SMALL}{pictures}");
    let own = "[[slots]]\nname = \"lead\"\ndrop = \"b\"\npictures = [{ name = \"a\", lines = 12 }]";
    let noted = standing(&[&base, own]);
    let layout = noted.value.unwrap_or_else(|| panic!("{:#?}", noted.notes));
    let pictures: Vec<(&str, u16)> = layout.slots[0]
        .pictures
        .iter()
        .map(|picture| (&*picture.name, picture.lines))
        .collect();
    assert_eq!(pictures, [("a", 12)]);
}

#[test]
fn what_is_dropped_takes_along_what_belonged_to_it() {
    let text = "base = \"broadsheet\"\ndrop = [\"ear\", \"ear-title\"]";
    let whole = good(bundled("broadsheet").unwrap_or_default());
    let less = good(text);
    let names = |layout: &Layout| -> Vec<String> {
        let furniture = layout.furniture.iter();
        furniture.map(|item| item.name.to_string()).collect()
    };
    let mut expected = names(&whole);
    expected.retain(|name| !name.starts_with("ear"));
    assert_eq!(names(&less), expected);
    assert_eq!(whole.furniture.len() - less.furniture.len(), 4);
    let (note, place) = fault(
        "base = \"broadsheet\"\ndrop = \"eer\"",
        "layout/unknown-name",
    );
    assert_eq!(place, "\"eer\"");
    assert!(help(&note).contains("`ear`"), "{}", help(&note));
    let (_, place) = fault(&format!("drop = [\"ear\"]\n{SMALL}"), "layout/wrong-value");
    assert_eq!(place, "[\"ear\"]");
}

#[test]
fn notes_of_what_is_inherited_point_into_its_own_text() {
    let bad = SMALL.replace("size = \"小五\"", "size = \"大五\"");
    let noted = standing(&[
        &bad,
        "[sheet]\ncolour = 1",
        "[grid]\ncolums = 1\npitch = \"12pt\"",
    ]);
    assert!(noted.value.is_none());
    let texts = [
        &*bad,
        "[sheet]\ncolour = 1",
        "[grid]\ncolums = 1\npitch = \"12pt\"",
    ];
    let places: Vec<(&str, &str)> = noted
        .notes
        .iter()
        .filter_map(|note| {
            let span = note.span?;
            let text = texts[span.source.0 as usize - 1];
            Some((note.code, &text[span.start as usize..span.end as usize]))
        })
        .collect();
    assert_eq!(
        places,
        [
            ("layout/unknown-key", "colums"),
            ("layout/unknown-size", "\"大五\""),
            ("layout/unknown-key", "colour"),
        ]
    );
}

#[test]
fn layouts_that_stand_on_each_other_are_told() {
    let load = |asked: Asked<'_>| {
        let next = match asked.name {
            "a.toml" => "b.toml",
            "b.toml" => "a.toml",
            _ => return None,
        };
        Some(Part {
            key: asked.name.to_owned(),
            source: Some(SourceId(1)),
            text: format!("base = \"{next}\"").into(),
        })
    };
    let own = |text: &str| Part {
        key: "a.toml".into(),
        source: Some(SourceId(0)),
        text: text.into(),
    };
    let codes = |text: &str, load: &mut dyn FnMut(Asked<'_>) -> Option<Part>| -> Vec<&str> {
        let noted = chain(own(text), load);
        assert!(noted.value.is_none());
        noted.notes.iter().map(|note| note.code).collect()
    };
    assert_eq!(
        codes("base = \"b.toml\"", &mut { load }),
        ["layout/base-cycle"]
    );
    assert_eq!(
        codes("base = \"hause\"", &mut { load }),
        ["layout/unknown-base"]
    );
    let mut count = 0;
    let mut deeper = |_: Asked<'_>| {
        count += 1;
        Some(Part {
            key: count.to_string(),
            source: None,
            text: format!("base = \"x{count}.toml\"").into(),
        })
    };
    assert_eq!(
        codes("base = \"b.toml\"", &mut deeper),
        ["layout/base-depth"]
    );
    let (note, _) = fault("base = \"hause\"", "layout/unknown-base");
    assert!(help(&note).contains("house"), "{}", help(&note));
}

/// The codes of the notes of a layout whose first slot has `keys`.
fn codes(keys: &str) -> Vec<&'static str> {
    let text = format!("{SMALL}{keys}");
    let notes = read(&text).notes;
    let of_boxes = ["tight", "thin", "dark", "invisible", "wrong", "range"];
    let codes = notes.iter().map(|note| note.code);
    codes
        .filter(|code| of_boxes.iter().any(|word| code.contains(word)))
        .collect()
}

#[test]
fn n40_a_frame_stands_half_an_em_clear() {
    assert_eq!(
        codes("frame = \"0.5pt\"\npadding = \"4pt\""),
        ["layout/tight-box"]
    );
    assert_eq!(codes("frame = \"0.5pt\"\npadding = \"1/2\""), [""; 0]);
    assert_eq!(codes("frame = \"0.5pt\""), [""; 0], "one em where left out");
    assert_eq!(codes("padding = 0"), [""; 0], "no frame");
    assert_eq!(codes("tint = 10\npadding = 0"), ["layout/tight-box"]);
}

#[test]
fn n41_rules_too_thin_to_print_are_told() {
    for thin in ["0.2pt", "双线 1pt", "文武线 1.5pt", "水线 1pt"] {
        let keys = format!("frame = \"{thin}\"");
        assert_eq!(codes(&keys), ["layout/thin-rule"], "{thin}");
    }
    for good in [
        "正线",
        "反线",
        "双线",
        "文武线",
        "点线",
        "水线",
        "花边",
        "花边 回纹",
        "0.25pt",
    ] {
        assert_eq!(codes(&format!("frame = \"{good}\"")), [""; 0], "{good}");
    }
    let text = format!("{SMALL}rule_above = \"文武\"");
    let (note, place) = fault(&text, "layout/wrong-value");
    assert_eq!(place, "\"文武\"");
    assert!(help(&note).contains("文武线"), "{}", help(&note));
    assert_eq!(
        codes("column_rule = \"双线 300pt\""),
        ["layout/out-of-range"]
    );
}

#[test]
fn n42_letters_nobody_sees_are_an_error() {
    let fault = "layout/invisible-ink";
    let told = |keys: &str| codes(keys).contains(&fault);
    assert!(told("style.body = { ink = 0 }"));
    assert!(told("style.head = { ink = [0, 0, 9, 9] }"));
    assert!(told("tint = 15\nstyle.head = { ink = 20 }"));
    assert!(!told("style.head = { ink = [0, 0, 100, 0] }"));
    assert!(!told("style.head = { ink = 0, tint = 100 }"));
    assert!(!told(
        "tint = 80\nstyle.body = { ink = 0 }\nstyle.subhead = { ink = 0 }\nstyle.caption = { ink = 0 }\nstyle.head = { ink = 0 }\nstyle.kicker = { ink = 0 }\nstyle.deck = { ink = 0 }\nstyle.label = { ink = 0 }"
    ));
}

#[test]
fn n42_tints_are_light_and_reversed_text_is_bold() {
    assert_eq!(codes("tint = 40"), ["layout/dark-tint"]);
    assert_eq!(codes("tint = 20"), [""; 0]);
    assert_eq!(codes("tint = [0, 30, 0, 0]"), ["layout/dark-tint"]);
    let box_of = |face: &str, size: &str| {
        let text = SMALL.replace("han = \"c\"", "han = \"Some-Bold\"");
        let text = format!(
            "{text}[[furniture]]\nname = \"flag\"\ntext = \"要闻\"\nx = \"20mm\"\nwidth = \"30mm\"\n\
             y = \"5mm\"\nheight = \"8mm\"\nfill = 100\n\
             style = {{ ink = 0, face = \"{face}\", size = \"{size}\" }}"
        );
        let notes = read(&text).notes;
        notes.iter().any(|note| note.code == "layout/thin-reverse")
    };
    assert!(!box_of("hei", "五号"));
    assert!(box_of("hei", "小五"));
    assert!(box_of("song", "五号"));
}
