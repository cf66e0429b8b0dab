//! What is handed out, as text: short where it is as anyone expects, and with
//! every exact number in a check of four digits at the end of each line.

use std::fmt::{Debug, Write};

use super::EM;
use crate::base::clreq::{Class, class_of};
use crate::base::diag::Diagnostic;
use crate::base::digest::digest;
use crate::base::font::FontBook;
use crate::base::geom::Length;
use crate::compose::line::Line;
use crate::compose::run::{Pose, Run};
use crate::compose::script::is_han;
use crate::compose::spacing::{Atom, Break, Galley, Gap, Joint, Place};

/// Four hexadecimal digits that stand for exact numbers.
pub(super) fn check(exact: impl Debug) -> String {
    let name = digest(format!("{exact:?}").as_bytes());
    format!("~{:02x}{:02x}", name[0], name[1])
}

/// A length in em, rounded to thousandths: `.5`, `1`, `-.25`.
fn em(length: i64) -> String {
    let thousandths = (length * 2000 / EM.raw() + length.signum()) / 2;
    let whole = thousandths.abs() / 1000;
    let part = format!("{:03}", thousandths.abs() % 1000);
    let part = part.trim_end_matches('0');
    let sign = if thousandths < 0 { "-" } else { "" };
    match (whole, part) {
        (whole, "") => format!("{sign}{whole}"),
        (0, part) => format!("{sign}.{part}"),
        (whole, part) => format!("{sign}{whole}.{part}"),
    }
}

/// A galley in one line. Atoms in their order; a space between two is a joint
/// that breaks and opens, nothing one that does neither, `_` one that opens
/// only; any other stands in `‹›`: `-` no break, `!` forced, `~` dear, `w` in a
/// word, `h` at a syllable, then `o` an open gap, `x` none, `=` 中西间距, then
/// natural width, `+` what it takes on and `-` what it gives. What an atom has
/// besides its text stands in `[]` behind it.
pub(super) fn galley(galley: &Galley) -> String {
    let mut out = String::new();
    for (at, (atom, joint)) in galley.atoms.iter().zip(&galley.joints).enumerate() {
        if at > 0 {
            out.push_str(&self::joint(joint));
        }
        let text = super::spelt(galley.text_of(&atom.text));
        out.push_str(match text.as_str() {
            " " => "␣",
            "\u{3000}" => "□",
            text => text,
        });
        out.push_str(&self::atom(galley, atom));
    }
    for (at, turn) in galley.turns.iter().enumerate().skip(1) {
        let sign = if at == 1 { "\n  turns " } else { " " };
        let _ = write!(out, "{sign}{turn}");
    }
    let exact = (
        (&galley.atoms, &galley.joints, &galley.turns),
        (&galley.hyphens, &galley.grid, galley.breaks()),
        (galley.indent, galley.start, galley.end, galley.em),
    );
    let width = galley.natural_width();
    let count = galley.characters();
    let _ = write!(out, " | {} em, {count} | {}", em(width.raw()), check(exact));
    out
}

fn joint(joint: &Joint) -> String {
    let rule = match joint.rule {
        Break::Allowed => "",
        Break::Never => "-",
        Break::Dear => "~",
        Break::Word => "w",
        Break::Hyphen(_) => "h",
        Break::Forced => "!",
    };
    let gap = match joint.gap {
        Gap::Closed => "x",
        Gap::Open => "o",
        Gap::HanWest => "=",
    };
    let plain = joint.natural == 0 && joint.stretch == 0 && joint.shrink == 0;
    match (plain, joint.rule, joint.gap) {
        (true, Break::Allowed, Gap::Open) => " ".to_owned(),
        (true, Break::Never, Gap::Closed) => String::new(),
        (true, Break::Never, Gap::Open) => "_".to_owned(),
        (true, ..) => format!("‹{rule}{gap}›"),
        _ => {
            let (more, less) = (em(joint.stretch), em(joint.shrink));
            format!("‹{rule}{gap}{}+{more}-{less}›", em(joint.natural))
        }
    }
}

fn atom(galley: &Galley, atom: &Atom) -> String {
    let mut parts: Vec<String> = Vec::new();
    let first = galley.text_of(&atom.text).chars().next();
    if first.is_none_or(|first| class_of(first) != atom.class) {
        parts.push(atom.class.name().to_lowercase());
    }
    let usual = match atom.class {
        Class::Han => (atom.em, Place::Advance),
        Class::West => (atom.drawn, Place::Font),
        _ => (-1, Place::Font),
    };
    if (atom.width, atom.place) != usual {
        let place = match atom.place {
            Place::Font => "",
            Place::Advance => "a",
            Place::Ink => "i",
            Place::BlankBefore => "<",
            Place::BlankBehind => ">",
            Place::BlankAround => "|",
        };
        parts.push(format!("{}{place}", em(atom.width)));
    }
    if atom.blank != 0 {
        parts.push(format!("b{}/{}", em(atom.blank), atom.step));
    }
    if atom.cut != 0 {
        let by = if atom.cut_by_next { "<" } else { "" };
        parts.push(format!("-{}{by}", em(atom.cut)));
    }
    if atom.stretch != 0 || atom.shrink != 0 {
        parts.push(format!("+{}-{}", em(atom.stretch), em(atom.shrink)));
    }
    if atom.swallowed {
        parts.push("s".to_owned());
    }
    if atom.em != EM.raw() {
        parts.push(format!("em {}", em(atom.em)));
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!("[{}]", parts.join(" "))
    }
}

/// Lines, one each: the text as set with every gap between two atoms that is
/// not nothing as `‹gap›`, every width that is not its frame's as `[width]`,
/// every shift that is drawn as `{shift}`; then where it begins, its width,
/// its natural width where that is another, and its notes.
pub(super) fn lines(galley: &Galley, lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        let _ = writeln!(out, "{}", self::line(galley, line));
    }
    out
}

fn line(galley: &Galley, line: &Line) -> String {
    let mut out = String::new();
    let mut pen = Length::ZERO;
    for glyph in line.glyphs.iter().filter(|glyph| !glyph.swallowed) {
        let gap = glyph.x - pen;
        pen = glyph.x + glyph.advance;
        if gap != Length::ZERO {
            let _ = write!(out, "‹{}›", em(gap.raw()));
        }
        let text = super::spelt(galley.text_of(&glyph.text));
        out.push_str(match (glyph.hyphen, text.as_str()) {
            (Some(_), _) => "-",
            (None, " ") => "␣",
            (None, "\u{3000}") => "□",
            (None, text) => text,
        });
        if glyph.advance != glyph.frame {
            let _ = write!(out, "[{}]", em(glyph.advance.raw()));
        }
        if glyph.dx != Length::ZERO {
            let _ = write!(out, "{{{}}}", em(glyph.dx.raw()));
        }
    }
    out.push_str(" |");
    if line.x != Length::ZERO {
        let _ = write!(out, " at {}", em(line.x.raw()));
    }
    let _ = write!(out, " {}", em(line.width.raw()));
    if line.natural != line.width {
        let _ = write!(out, "/{}", em(line.natural.raw()));
    }
    if line.loose != Length::ZERO {
        let _ = write!(out, " +{}", em(line.loose.raw()));
    }
    for note in &line.notes {
        let _ = write!(out, " {}", note.code.trim_start_matches("line/"));
    }
    if line.last {
        out.push_str(" ¶");
    }
    if line.forced {
        out.push_str(" !");
    }
    let notes: Vec<_> = line
        .notes
        .iter()
        .map(|note| (note.code, &note.facts))
        .collect();
    let exact = (
        (&line.text, &line.seen, line.measure, line.x),
        (line.natural, line.width, line.loose, &line.glyphs),
        notes,
    );
    let _ = write!(out, " {}", check(exact));
    out
}

/// A run in one line. A Han character of face 0 that is as its face has it is
/// its text alone; of any other cluster stand the glyphs and the advance in
/// thousandths of an em, in `()` where its ink begins and ends, `@` its face
/// and how it stands where it is not upright.
pub(super) fn run(run: &Run, book: &FontBook) -> String {
    let mut out = String::new();
    let thousandths = |length: Length| em(length.raw());
    for cluster in run.clusters.iter().chain(run.hyphens.iter().flatten()) {
        let text = run
            .text
            .get(cluster.text.start as usize..cluster.text.end as usize);
        let text = text.unwrap_or("?");
        let glyphs = &run.glyphs[cluster.glyphs.start as usize..cluster.glyphs.end as usize];
        let style = &run.styles[usize::from(cluster.style)];
        let own = match (text.chars().next(), glyphs) {
            (Some(first), [glyph]) if is_han(first) && text.chars().count() == 1 => {
                book.get(cluster.face).and_then(|face| face.glyph(first)) == Some(glyph.id)
                    && glyph.scale_x == 1000
                    && !glyph.turned
                    && (cluster.pose == Pose::Upright && cluster.advance == style.size)
                    && style.han.first() == Some(&cluster.face)
            }
            _ => false,
        };
        match text {
            " " => out.push('␣'),
            "" => out.push_str("<hyphen>"),
            text => out.push_str(&super::spelt(text)),
        }
        if own {
            continue;
        }
        out.push('[');
        for glyph in glyphs {
            let _ = write!(out, "{}", glyph.id);
            if (glyph.dx, glyph.dy) != (Length::ZERO, Length::ZERO) {
                let _ = write!(out, ",{},{}", thousandths(glyph.dx), thousandths(glyph.dy));
            }
            if glyph.scale_x != 1000 {
                let _ = write!(out, "%{}", glyph.scale_x);
            }
            if glyph.turned {
                out.push('↷');
            }
            out.push(' ');
        }
        let (from, to) = cluster.ink;
        let _ = write!(out, "+{}", thousandths(cluster.advance));
        if from != to {
            let _ = write!(out, "({} {})", thousandths(from), thousandths(to));
        }
        if cluster.face.0 != 0 {
            let _ = write!(out, "@{}", cluster.face.0);
        }
        match cluster.pose {
            Pose::Upright => {}
            Pose::Turned => out.push('t'),
            Pose::Abreast => out.push('b'),
        }
        out.push(']');
    }
    for missing in &run.missing {
        let _ = write!(out, " | missing {}", missing.character);
    }
    for fallback in &run.fallbacks {
        let _ = write!(out, " | {} by {}", fallback.character, fallback.face);
    }
    let exact = (&run.clusters, &run.glyphs, &run.hyphens, &run.missing);
    let _ = write!(
        out,
        " | {}",
        check((exact, &run.fallbacks, run.styles.len()))
    );
    out
}

/// A finding with all that it says.
pub(super) fn said(note: &Diagnostic) -> String {
    let mut out = format!("{} {}\n", note.severity.name(), note.code);
    let _ = writeln!(out, "  {}\n  {}", note.message.zh, note.message.en);
    if let Some(help) = &note.help {
        let _ = writeln!(out, "  > {}\n  > {}", help.zh, help.en);
    }
    for (name, fact) in &note.facts {
        let _ = writeln!(out, "  {name} = {fact:?}");
    }
    out
}
