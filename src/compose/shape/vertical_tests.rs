//! Rows of vertical setting that shaping answers for, on the bundled faces.

use std::sync::Arc;

use super::tests::{SIZE, em, paragraph, style, texts};
use super::*;
use crate::base::clreq::Scheme;
use crate::base::font::tests::{BUNDLED, BUNDLED_HAN, bundled_book};
use crate::compose::Galley;
use crate::story::ParaStyle;

const LATIN: &str = "texgyretermes-regular";

/// A text in vertical lines, set from one Han face.
fn set(face: &str, text: &str) -> Run {
    static CACHE: std::sync::LazyLock<ShapeCache> = std::sync::LazyLock::new(ShapeCache::new);
    let mut paragraph = paragraph(&[(text, style(&[face], &[LATIN]))]);
    paragraph.style = Arc::new(vertical());
    shape(&paragraph, &bundled_book(), &CACHE)
}

fn vertical() -> ParaStyle {
    let mut style = (*paragraph(&[]).style).clone();
    style.scheme = Arc::new(Scheme {
        direction: Direction::Vertical,
        ..Scheme::default()
    });
    style
}

/// The ink of a cluster in its cell, in thousandths of an em: left and right
/// edge from the cell's left edge, top and bottom from the cluster's top.
fn ink(run: &Run, cluster: &Cluster) -> [i64; 4] {
    let book = bundled_book();
    let face = book.get(cluster.face).expect("a face");
    let thousandths = |length: Length| length.raw() * 1000 / SIZE.raw();
    let mut edges = [i64::MAX, i64::MIN, i64::MAX, i64::MIN];
    for glyph in &run.glyphs[cluster.glyphs.start as usize..cluster.glyphs.end as usize] {
        let Some(b) = face.bounds(glyph.id) else {
            continue;
        };
        let wide = |units: i16| {
            face.length(i32::from(units), SIZE)
                .scale(i64::from(glyph.scale_x), 1000)
        };
        let high = |units: i16| face.length(i32::from(units), SIZE);
        let (x, y) = if glyph.turned {
            // up is right, right is down
            (
                (glyph.dx + high(b.y_min), glyph.dx + high(b.y_max)),
                (glyph.dy + wide(b.x_min), glyph.dy + wide(b.x_max)),
            )
        } else {
            (
                (glyph.dx + wide(b.x_min), glyph.dx + wide(b.x_max)),
                (glyph.dy - high(b.y_max), glyph.dy - high(b.y_min)),
            )
        };
        let half = SIZE.half();
        edges = [
            edges[0].min(thousandths(x.0 + half)),
            edges[1].max(thousandths(x.1 + half)),
            edges[2].min(thousandths(y.0)),
            edges[3].max(thousandths(y.1)),
        ];
    }
    edges
}

fn only<'a>(run: &'a Run, text: &str) -> &'a Cluster {
    let at = texts(run).iter().position(|known| *known == text);
    &run.clusters[at.expect("the cluster")]
}

#[test]
fn v01_han_stand_in_the_middle_of_their_cells() {
    for &face in &BUNDLED[..BUNDLED_HAN] {
        let run = set(face, "国回");
        for cluster in &run.clusters {
            assert_eq!((cluster.advance, cluster.pose), (SIZE, Pose::Upright));
            let [left, right, top, bottom] = ink(&run, cluster);
            assert!((left + right - 1000).abs() <= 60, "{face} {left} {right}");
            assert!((top + bottom - 1000).abs() <= 160, "{face} {top} {bottom}");
        }
    }
}

/// What is above a horizontal line is to the right of a vertical one; what is
/// turned takes its own above with it.
#[test]
fn l17_v11_what_is_raised_stands_to_the_right_of_a_vertical_line() {
    let place = |text: &str, raised: Option<Length>| {
        let style = TextStyle {
            raised,
            ..style(&["NotoSerifSC-Regular"], &[LATIN])
        };
        let mut paragraph = paragraph(&[(text, style)]);
        paragraph.style = Arc::new(vertical());
        let run = shape(&paragraph, &bundled_book(), &ShapeCache::new());
        let glyph = &run.glyphs[run.clusters[0].glyphs.start as usize];
        (run.clusters[0].pose, glyph.dx, glyph.dy)
    };
    let third = SIZE / 3;
    for (text, pose) in [("国", Pose::Upright), ("word", Pose::Turned)] {
        let ((was, x, y), (is, right, down)) = (place(text, None), place(text, Some(third)));
        assert_eq!((was, is), (pose, pose));
        // in the line's own directions for what is turned as for what stands
        assert_eq!((right - x, down - y), (third, Length::ZERO), "{text}");
    }
}

/// The face's own place may be off, as the Fangsong's comma is: the line puts
/// it right (T07).
#[test]
fn v02_stops_stand_at_the_upper_right() {
    for &face in &BUNDLED[..BUNDLED_HAN] {
        for mark in ["，", "。", "、"] {
            let run = set(face, &format!("甲{mark}乙"));
            let lines = Galley::new(&run, &vertical()).break_at(SIZE * 4);
            let shift = lines[0].glyphs[1].dx.raw() * 1000 / SIZE.raw();
            let [left, right, top, bottom] = ink(&run, only(&run, mark));
            assert!(left + right > 1000, "{face} {mark} {left} {right}");
            let (top, bottom) = (top + shift, bottom + shift);
            assert!(top >= 0 && bottom <= 500, "{face} {mark} {top} {bottom}");
        }
    }
}

#[test]
fn v03_colon_and_its_like_are_never_turned_by_us() {
    for &face in &BUNDLED[..BUNDLED_HAN] {
        for mark in ["：", "；", "！", "？"] {
            let run = set(face, &format!("甲{mark}乙"));
            let cluster = only(&run, mark);
            assert_eq!(
                (cluster.pose, cluster.advance),
                (Pose::Upright, SIZE),
                "{face}"
            );
        }
    }
}

#[test]
fn v04_brackets_take_their_vertical_glyphs() {
    for &face in &BUNDLED[..BUNDLED_HAN] {
        for mark in ["（", "）", "《", "》", "「", "【"] {
            let down = set(face, &format!("甲{mark}乙"));
            let book = bundled_book();
            let cluster = only(&down, mark);
            let flat = book
                .get(cluster.face)
                .and_then(|face| face.glyph(mark.chars().next()?));
            let glyph = &down.glyphs[cluster.glyphs.start as usize];
            assert!(!glyph.turned && Some(glyph.id) != flat, "{face} {mark}");
            // the bracket lies: wider than high
            let [left, right, top, bottom] = ink(&down, cluster);
            if "（）《》".contains(mark) {
                assert!(right - left > bottom - top, "{face} {mark}");
            }
            // an opener's blank is above it, a closer's below
            let opens = "（《「【".contains(mark);
            assert_eq!(top + bottom > 1000, opens, "{face} {mark} {top} {bottom}");
        }
    }
}

#[test]
fn v05_quotes_are_drawn_as_corner_brackets_and_keep_their_text() {
    for &face in &BUNDLED[..BUNDLED_HAN] {
        let quotes = set(face, "“三‘农’”");
        let corners = set(face, "『三「农」』");
        assert_eq!(&*quotes.text, "“三‘农’”");
        let ids = |run: &Run| run.glyphs.iter().map(|glyph| glyph.id).collect::<Vec<_>>();
        assert_eq!(ids(&quotes), ids(&corners), "{face}");
        assert!(quotes.missing.is_empty());
    }
}

#[test]
fn v06_dash_and_ellipsis_run_down_the_axis() {
    for &face in &BUNDLED[..BUNDLED_HAN] {
        for mark in ["——", "……"] {
            let run = set(face, &format!("甲{mark}乙"));
            let cluster = only(&run, mark);
            assert_eq!(cluster.advance, SIZE * 2, "{face} {mark}");
            let [left, right, top, bottom] = ink(&run, cluster);
            assert!(
                (left + right - 1000).abs() <= 100,
                "{face} {mark} {left} {right}"
            );
            assert!(right - left < 250, "{face} {mark} {left} {right}");
            assert!(
                top >= 0 && bottom <= 2000 && bottom - top > 1200,
                "{face} {mark}"
            );
        }
        let wave = set(face, "甲～乙");
        let glyph = &wave.glyphs[only(&wave, "～").glyphs.start as usize];
        let book = bundled_book();
        let flat = book
            .get(only(&wave, "～").face)
            .and_then(|face| face.glyph('～'));
        assert!(Some(glyph.id) != flat || glyph.turned, "{face}");
    }
}

#[test]
fn v11_letters_stand_words_turn_and_figures_share_a_cell() {
    for &face in &BUNDLED[..BUNDLED_HAN] {
        let run = set(face, "用GDP看word在12月");
        let poses: Vec<_> = run.clusters.iter().map(|cluster| cluster.pose).collect();
        let turned = |at: usize| poses[at] == Pose::Turned;
        assert!(
            !(1..4).any(turned) && (5..9).all(turned),
            "{face} {poses:?}"
        );
        let figures = only(&run, "12");
        assert_eq!((figures.pose, figures.advance), (Pose::Abreast, SIZE));
        // V12: within one em, two glyphs side by side
        let [left, right, top, bottom] = ink(&run, figures);
        assert!(
            left >= 0 && right <= 1000 && right - left > 500,
            "{face} {left} {right}"
        );
        assert!((top + bottom - 1000).abs() <= 20, "{face} {top} {bottom}");
        assert_eq!(only(&run, "G").advance, SIZE);
    }
}

#[test]
fn v12_three_figures_are_narrowed_into_their_cell() {
    let run = set("NotoSerifSC-Regular", "第365天");
    let [left, right, ..] = ink(&run, only(&run, "365"));
    assert!(left >= 0 && right <= 1000, "{left} {right}");
}

#[test]
fn v14_turned_letters_stand_on_the_axis() {
    for &face in &BUNDLED[..BUNDLED_HAN] {
        let run = set(face, "用xHx好");
        let [left, right, top, bottom] = ink(&run, only(&run, "H"));
        assert!((left + right - 1000).abs() <= 120, "{face} {left} {right}");
        assert!(bottom - top < 800 && only(&run, "H").advance > em(300));
    }
}

#[test]
fn t35_what_no_face_holds_is_named_in_vertical_lines_too() {
    let run = set("FandolFang-Regular", "甲\u{2B5AF}乙");
    assert_eq!(run.missing.len(), 1);
    assert_eq!(only(&run, "\u{2B5AF}").advance, SIZE);
}

#[test]
fn v14_quotes_of_a_western_sentence_are_turned_letters_of_it() {
    for &face in &BUNDLED[..BUNDLED_HAN] {
        let run = set(face, "他“He said ‘yes’ ok”好");
        let latin = only(&run, "H").face;
        for quote in ["‘", "’"] {
            let cluster = only(&run, quote);
            assert_eq!(
                (cluster.face, cluster.pose),
                (latin, Pose::Turned),
                "{face}"
            );
            let glyph = &run.glyphs[cluster.glyphs.start as usize];
            assert!(glyph.turned, "{face} {quote}");
        }
        assert_ne!(
            only(&run, "“").pose,
            Pose::Turned,
            "{face}: a corner bracket"
        );
    }
}

#[test]
fn v03_t17_two_chained_marks_stand_side_by_side_in_their_cell() {
    for &face in &BUNDLED[..BUNDLED_HAN] {
        for pair in ["！！", "？！", "？？"] {
            let run = set(face, &format!("啊{pair}"));
            let cluster = only(&run, pair);
            assert_eq!((cluster.pose, cluster.advance), (Pose::Abreast, SIZE));
            let halves: Vec<Cluster> = cluster
                .glyphs
                .clone()
                .map(|glyph| Cluster {
                    glyphs: glyph..glyph + 1,
                    ..cluster.clone()
                })
                .collect();
            let [first, second] = &halves[..] else {
                panic!("{face} {pair}: two glyphs");
            };
            let ([left, middle, top, bottom], [next, right, ..]) =
                (ink(&run, first), ink(&run, second));
            assert!(left >= 0 && middle < 500, "{face} {pair} {left} {middle}");
            assert!(next > 500 && right <= 1000, "{face} {pair} {next} {right}");
            assert!(top >= 0 && bottom <= 1000, "{face} {pair} {top} {bottom}");
        }
    }
}

#[test]
fn v13_l17_a_superscript_turns_with_its_base() {
    use crate::story::Script;
    let plain = style(&["NotoSerifSC-Regular"], &[LATIN]);
    let small = plain.scripted(Script::Above);
    let poses = |parts: &[(&str, bool)]| -> Vec<(String, Pose)> {
        let parts: Vec<(&str, TextStyle)> = parts
            .iter()
            .map(|&(text, above)| (text, if above { small.clone() } else { plain.clone() }))
            .collect();
        let mut paragraph = paragraph(&parts);
        paragraph.style = Arc::new(vertical());
        let run = shape(&paragraph, &bundled_book(), &ShapeCache::new());
        let text = |cluster: &Cluster| {
            let range = cluster.text.start as usize..cluster.text.end as usize;
            run.text[range].to_owned()
        };
        run.clusters
            .iter()
            .map(|cluster| (text(cluster), cluster.pose))
            .collect()
    };
    let area = poses(&[("面积100m", false), ("2", true), ("高", false)]);
    for figure in ["1", "m", "2"] {
        let of = area.iter().filter(|(text, _)| text.starts_with(figure));
        assert!(of.clone().count() > 0, "{area:?}");
        assert!(
            of.clone().all(|(_, pose)| *pose == Pose::Turned),
            "{area:?}"
        );
    }
    // 10² is not 102
    let power = poses(&[("为10", false), ("2", true), ("倍", false)]);
    assert!(
        power.iter().all(|(_, pose)| *pose != Pose::Abreast),
        "{power:?}"
    );
    // a reference behind Han stands
    let note = poses(&[("今", false), ("1", true), ("天", false)]);
    assert!(
        note.iter().all(|(_, pose)| *pose != Pose::Turned),
        "{note:?}"
    );
}
