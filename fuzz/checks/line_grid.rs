//! 纵横对齐: what the grid of characters asks of a line (L49).

use banxin::base::geom::Length;
use banxin::compose::Line;
use banxin::compose::lines_report::EM;

use super::line_job::Job;
use super::{CLOSING, combines, first_char};

/// Marks that are one thing with the next of their kind (T17).
const CHAINED: &str = "！？‼⁇⁈⁉";

/// Han stand on the grid, and no Western text is padded by more than half an
/// em on a side. Tracking has its own steps, so such a line is let be.
pub(crate) fn stands(job: &Job, number: usize, line: &Line) {
    let tracked = |style: &banxin::story::TextStyle| style.tracking != Length::ZERO;
    if job.parts.iter().any(|(_, style)| tracked(style)) {
        return;
    }
    let set: Vec<_> = line.glyphs.iter().filter(|atom| !atom.swallowed).collect();
    for atom in &set {
        let style = job.style_at(atom.text.start as usize);
        let han = ('\u{4E00}'..='\u{9FFF}').contains(&first_char(job, atom));
        if han && style.em() == EM && style.raised.is_none() {
            let off = Length::units(atom.x.raw() % EM.raw());
            assert_eq!(off, Length::ZERO, "line {number}: Han off the grid");
        }
    }
    for pair in set.windows(2) {
        let &[before, after] = pair else { continue };
        let gap = after.x - before.x - before.advance;
        assert!(gap * 2 <= EM, "line {number} is padded by {gap:?}");
    }
}

/// Whether a line that hangs its marks may break between two of them at `at`.
pub(crate) fn parted(job: &Job, at: u32) -> bool {
    let (before, after) = job.text.split_at(at as usize);
    let mark = |c: Option<char>| c.is_some_and(|c| CLOSING.contains(c));
    let chained = |c: Option<char>| c.is_some_and(|c| CHAINED.contains(c));
    let before = before.trim_end_matches(combines);
    let (before, after) = (before.chars().next_back(), after.chars().next());
    job.on_grid()
        && job.style.scheme.hanging
        && mark(before)
        && mark(after)
        && !(chained(before) && chained(after))
}
