//! 标点宽度: what the styles of punctuation, their neighbours and the
//! direction make of the width of marks (L21–L27, L42, T17, V03, V12, V15).

use banxin::base::clreq::{LineEnd, MarkStyle, Region};
use banxin::base::geom::Length;
use banxin::compose::{Line, SetAtom};

use super::line_job::Job;
use super::{CLOSING, OPENING, combines, first_char, is_blank, is_control, of, own_width};

/// Closing quotes and brackets.
const CLOSE: &str = "”’）》〉】〗〕］｝」』〞〟";
/// Ready-made chains fill their em (T17).
const READY: &str = "‼⁇⁈⁉";
/// Marks that 开明式 leaves their em (L42).
const FINAL: &str = "。．！？";

/// Whether an atom takes half of its em.
pub(crate) fn is_half(job: &Job, atom: &SetAtom) -> bool {
    let em = job.em_at(atom.text.start as usize);
    (atom.advance * 2 - em).abs() <= Length::units(2)
}

fn is_whole(job: &Job, atom: &SetAtom) -> bool {
    atom.advance == job.em_at(atom.text.start as usize)
}

/// Whether a mark has no blank and is whole everywhere: ready-made chains
/// (T17), ：；！？ of vertical lines (V03, V15), ！？ outside the mainland (L48).
pub(crate) fn whole(job: &Job, atom: &SetAtom) -> bool {
    let mark = first_char(job, atom);
    let outside = job.style.scheme.region != Region::Cn;
    READY.contains(mark)
        || (job.vertical() && "：；！？".contains(mark))
        || (outside && "！？".contains(mark))
}

/// Marks in their frames.
pub(crate) fn widths(job: &Job, line: &Line) {
    let set: Vec<&SetAtom> = line.glyphs.iter().filter(|atom| !atom.swallowed).collect();
    for (index, atom) in set.iter().enumerate() {
        let mark = first_char(job, atom);
        let framed = CLOSING.contains(mark) || OPENING.contains(mark);
        if framed && !own_width(job, atom) {
            alone(job, atom, (index == 0, index + 1 == set.len()));
        }
        cell(job, atom);
    }
    for pair in set.windows(2) {
        let &[first, second] = pair else { continue };
        let marks = [first, second].iter().all(|atom| {
            let mark = first_char(job, atom);
            (CLOSING.contains(mark) || OPENING.contains(mark)) && !own_width(job, atom)
        });
        if marks && first.text.end == second.text.start {
            meet(job, first, second);
        }
    }
}

/// What a mark takes by itself.
fn alone(job: &Job, atom: &SetAtom, (starts, ends): (bool, bool)) {
    let mark = first_char(job, atom);
    if whole(job, atom) {
        assert!(is_whole(job, atom), "{mark} is squeezed (T17, V03, L48)");
        return;
    }
    let style = job.style.scheme.marks;
    let keeps = match style {
        MarkStyle::Gb | MarkStyle::Full => true,
        MarkStyle::Kaiming => FINAL.contains(mark),
        MarkStyle::Half => false,
    };
    if !keeps {
        assert!(is_half(job, atom), "{mark} is not half an em (L42)");
    } else if job.on_grid() {
        assert!(is_whole(job, atom), "{mark} is cut on the grid (L49)");
    } else if style != MarkStyle::Gb {
        // cut beside another mark and at the edges of lines only; where a
        // line's end may give, it gives as much as is asked (L30, L35)
        let allowed = ends && job.style.scheme.line_end == LineEnd::Allow;
        let either = is_whole(job, atom) || is_half(job, atom);
        assert!(either || allowed, "{mark} is squeezed (L42)");
        let (before, after) = (
            job.text[..atom.text.start as usize].chars().next_back(),
            job.text[atom.text.end as usize..].chars().next(),
        );
        if !starts && !ends && [before, after].into_iter().all(is_han) {
            assert!(is_whole(job, atom), "{mark} is cut alone (L42)");
        }
    }
}

fn is_han(c: Option<char>) -> bool {
    c.is_some_and(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
}

/// Which blanks go where two marks meet, each of its own em (L28).
fn meet(job: &Job, first: &SetAtom, second: &SetAtom) {
    let scheme = &job.style.scheme;
    // half marks are close enough, and the grid cuts nothing (L42, L49)
    let cuts = matches!(scheme.marks, MarkStyle::Gb | MarkStyle::Full);
    if !cuts || job.on_grid() {
        return;
    }
    let (a, b) = (first_char(job, first), first_char(job, second));
    let opens = OPENING.contains(b);
    if OPENING.contains(a) {
        if opens {
            assert!(is_half(job, second), "{a}{b} (L24)");
        }
        return;
    }
    if opens {
        let blank = !whole(job, first);
        assert!(!blank || is_half(job, first), "{a}{b} (L23)");
        if scheme.tight || !blank {
            assert!(is_half(job, second), "{a}{b} (L27, V03)");
        }
    } else if (CLOSE.contains(a) || CLOSE.contains(b)) && !whole(job, first) {
        assert!(is_half(job, first), "{a}{b} (L22)");
    } else if "！？".contains(a) && "！？".contains(b) && !whole(job, first) {
        chained(job, first, second);
    }
}

/// Two of ！？ take one em together, three take two (T17).
fn chained(job: &Job, first: &SetAtom, second: &SetAtom) {
    let before = job.text[..first.text.start as usize].trim_end_matches(combines);
    let before = before.chars().next_back();
    let after = job.text[second.text.end as usize..].chars().next();
    assert!(is_half(job, first), "chained marks are apart (T17)");
    // spaces and controls are looked through, and a longer chain has its last
    // mark whole
    let bounds = |c: Option<char>| {
        let through = |c: char| is_blank(c) || is_control(c) || "！？".contains(c);
        c.is_none_or(|c| !through(c) && !READY.contains(c))
    };
    if bounds(before) && bounds(after) {
        assert!(is_half(job, second), "chained marks are apart (T17)");
    }
}

/// In vertical lines a lone letter or figure stands in a cell, and so do two
/// or three figures and two chained ！？ (V11, V12, T17).
fn cell(job: &Job, atom: &SetAtom) {
    let style = job.style_at(atom.text.start as usize);
    if !job.vertical() || style.raised.is_some() {
        return;
    }
    let text = of(job, atom);
    let digits = text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        assert!(text.len() <= 3, "{text} in one cell (V12)");
        assert!(is_whole(job, atom), "{text} is no cell (V12)");
    }
    let before = job.text[..atom.text.start as usize].chars().next_back();
    let after = job.text[atom.text.end as usize..].chars().next();
    let lone = text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if lone && is_han(before) && is_han(after) {
        assert!(is_whole(job, atom), "{text} is no cell (V11)");
    }
    if text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let count = figures(job, atom.text.start as usize);
        assert!(!matches!(count, Some(2 | 3)), "{text} stands alone (V12)");
    }
    let chain = text.chars().count() > 1 && text.chars().all(|c| "！？".contains(c));
    if chain {
        assert!(is_whole(job, atom), "{text} is no cell (T17)");
    }
}

/// How many figures of one style stand around a byte, between Han.
fn figures(job: &Job, at: usize) -> Option<usize> {
    let digit = |c: char| c.is_ascii_digit();
    let (before, after) = job.text.split_at(at);
    let start = before.trim_end_matches(digit).len();
    let end = job.text.len() - after.trim_start_matches(digit).len();
    let parted = job.parts.iter().any(|&(cut, _)| start < cut && cut < end);
    let between =
        is_han(job.text[..start].chars().next_back()) && is_han(job.text[end..].chars().next());
    (between && !parted).then_some(end - start)
}
