//! 均排 (T37): stretches of text set to an exact width, as if cast in one
//! piece: a short name over the width of a long one, a number before its text.

use super::{Atom, Break, Gap, Joint};
use crate::base::clreq::{Class, Cut, pair_cut};
use crate::story::{Cast, CastFill};

/// Sets the stretches of `casts` to their widths. What the width has more than
/// the text goes between its characters or behind it; text that is wider than
/// its width keeps its own. No gap of a stretch opens, closes or breaks, nor
/// does the one behind it open or close, and none of its marks is squeezed:
/// what hangs from it stands where it should in every line.
pub(super) fn set(atoms: &mut [Atom], joints: &mut [Joint], casts: &[Cast]) {
    for cast in casts {
        let first = atoms.partition_point(|atom| atom.text.start < cast.range.start);
        let last = atoms.partition_point(|atom| atom.text.end <= cast.range.end);
        if first >= last {
            continue;
        }
        for at in first..last {
            atoms[at].blank = 0;
            restore(atoms, at);
        }
        for joint in joints.iter_mut().take(last).skip(first + 1) {
            close(joint);
            joint.rule = match joint.rule {
                Break::Forced => Break::Forced,
                _ => Break::Never,
            };
        }
        if let Some(behind) = joints.get_mut(last) {
            close(behind);
        }
        let gaps: i64 = joints[first + 1..last]
            .iter()
            .map(|joint| joint.natural)
            .sum();
        let own: i64 = atoms[first..last]
            .iter()
            .map(|atom| atom.width - atom.cut)
            .sum();
        let white = cast.width.raw() - own - gaps;
        if white <= 0 {
            continue;
        }
        // L39: no gap opens inside a Western word
        let opens = |at: &usize| !(atoms[at - 1].class.western() && atoms[*at].class.western());
        let inner: Vec<usize> = (first + 1..last).filter(opens).collect();
        if cast.fill == CastFill::Even && !inner.is_empty() {
            let parts = i64::try_from(inner.len()).unwrap_or(1);
            for (nth, at) in (0..).zip(inner) {
                joints[at].natural += white * (nth + 1) / parts - white * nth / parts;
            }
        } else if let Some(behind) = joints.get_mut(last) {
            behind.natural += white;
        }
    }
}

/// Gives an atom its whole frame back; a mark that had cut it is cut itself.
fn restore(atoms: &mut [Atom], at: usize) {
    if atoms[at].cut == 0 {
        return;
    }
    atoms[at].cut = 0;
    atoms[at].cut_by_next = false;
    if let Some(next) = atoms.get(at + 1)
        && next.class == Class::Open
        && pair_cut(atoms[at].class, next.class) == Cut::First
    {
        atoms[at + 1].cut = next.blank;
    }
}

/// Tracking and automatic gaps have no part in a width that is given.
fn close(joint: &mut Joint) {
    joint.gap = Gap::Closed;
    joint.natural = 0;
    joint.stretch = 0;
    joint.shrink = 0;
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::base::clreq::Scheme;
    use crate::base::geom::Length;
    use crate::compose::ideal;
    use crate::compose::{Galley, Line};
    use crate::story::{Align, Cast, CastFill, ParaStyle, Placement, Turn};

    const EM: Length = Length::pt(12);

    /// Where the frames stand in each line, in thousandths of an em; the lines
    /// hang `hang` em behind the first.
    fn places(text: &str, casts: &[Cast], hang: i64, measure: i64) -> Vec<Vec<i64>> {
        let style = ParaStyle {
            align: Align::Justify,
            turn: Turn::Fill,
            indent: EM * -hang,
            start: EM * hang,
            end: Length::ZERO,
            size: EM,
            pitch: EM,
            scheme: Arc::new(Scheme::default()),
            placement: Placement::Lines,
            keep_next: 0,
            before: 0,
            casts: casts.into(),
        };
        let run = ideal::run(text, ideal::style(EM));
        let em = |length: Length| length.raw() * 1000 / EM.raw();
        let line = |line: &Line| {
            let seen = line.glyphs.iter().filter(|atom| !atom.swallowed);
            seen.map(|atom| em(line.x + atom.x)).collect()
        };
        let lines = Galley::new(&run, &style).break_at(EM * measure);
        lines.iter().map(line).collect()
    }

    fn cast(range: std::ops::Range<u32>, width: i64, fill: CastFill) -> Cast {
        Cast {
            range,
            width: EM * width,
            fill,
        }
    }

    #[test]
    fn t37_a_name_of_two_is_spread_to_three_em() {
        let casts = [cast(0..6, 3, CastFill::Even)];
        assert_eq!(places("张三", &casts, 0, 6), [[0, 2000]]);
        let long = [cast(0..12, 3, CastFill::Even)];
        assert_eq!(places("张三李四", &long, 0, 6), [[0, 1000, 2000, 3000]]);
    }

    #[test]
    fn p03_a_speaker_hangs_and_a_stretched_line_does_not_move_what_is_said() {
        let casts = [
            cast(0..6, 3, CastFill::Even),
            cast(6..9, 1, CastFill::Behind),
        ];
        let lines = places("李四：甲乙丙，丁戊己", &casts, 4, 8);
        assert_eq!(lines[0][..4], [0, 2000, 3000, 4000]);
        assert_eq!(lines[1][0], 4000);
        // a quote behind the colon stands flush with the lines below
        let quoted = places("李四：“甲乙", &casts, 4, 8);
        assert_eq!(quoted[0][3..5], [4000, 4500]);
    }

    #[test]
    fn p03_a_number_is_as_wide_as_the_hanging_indent() {
        let casts = [cast(0..9, 5, CastFill::Behind)];
        assert_eq!(
            places("第一条甲乙", &casts, 5, 9)[0],
            [0, 1000, 2000, 5000, 6000]
        );
    }
}
