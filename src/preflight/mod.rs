//! 印前检查: a finished PDF judged by the rows of a press, whoever wrote it.
//!
//! The file is read back through `hayro-syntax`, which shares no code with the
//! writer of this program: what it cannot find in the bytes is not there. Each
//! rule says its row in the print requirements, the page, the place, and what
//! to do.
//!
//! Objects are judged one by one, but for ink: where it might be too much, the
//! page's plates are made and measured (`ink`).
//!
//! What patterns and Type 3 glyphs are drawn with is judged once in each of
//! their colours, there where it is painted first.

mod boxes;
mod document;
mod findings;
mod fonts;
mod glyphs;
mod ground;
mod identity;
mod image_ink;
mod ink;
mod objects;
mod paint;
mod profile;
mod rows;
mod survey;
#[cfg(test)]
mod tests;
mod twins;

pub use findings::Breach;
pub use profile::Profile;
pub use rows::{ROWS, Row};
pub use survey::{Measures, Survey, survey};

use self::findings::{Findings, Rule};
use self::glyphs::Glyphs;
use crate::base::bytes::Bytes;
use crate::base::diag::Diagnostic;
use crate::base::pdf::{self, PdfFault};
use crate::readback::content;

const UNREAD: Rule = Rule::error(
    "G3",
    "preflight/not-all-read",
    "把版面简化后再输出",
    "simplify the page and export it again",
);

/// What a preflight came to.
#[derive(Debug)]
pub struct Verdict {
    /// What was found, errors first.
    pub findings: Vec<Diagnostic>,
    /// The same by its parts.
    pub breaches: Vec<Breach>,
    /// Pages of the file.
    pub pages: usize,
}

/// Judges a file of a name by a profile.
///
/// # Errors
///
/// `preflight/unreadable` for what is no PDF or is locked by a password: a
/// fatal finding.
pub fn check(name: &str, bytes: &Bytes, profile: Profile) -> Result<Verdict, Diagnostic> {
    check_within(name, bytes, profile, &Own::default())
}

/// What a customer has agreed upon with the printer, in place of a profile's
/// limits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Own {
    /// The most ink on one place, in percent.
    pub ink: Option<f64>,
    /// Inks of their own may be there (G15).
    pub spots: bool,
}

/// The same with limits of one's own.
///
/// # Errors
///
/// As [`check`].
pub fn check_within(
    name: &str,
    bytes: &Bytes,
    profile: Profile,
    own: &Own,
) -> Result<Verdict, Diagnostic> {
    let file = pdf::open(bytes).map_err(|fault| unreadable(name, fault))?;
    let mut limits = profile.limits();
    limits.ink = own.ink.unwrap_or(limits.ink);
    limits.spots |= own.spots;
    let mut out = Findings::default();
    document::check(&file, limits.way, &mut out);
    identity::check(&file, limits.way, &mut out);
    objects::check(&file, limits.way, &mut out);
    let pages = file.pages();
    let mut all = Vec::new();
    let mut shown = Glyphs::default();
    let twins = twins::of(&file);
    for (nth, page) in pages.iter().enumerate() {
        out.page = nth + 1;
        let boxes = boxes::check(page, &mut out);
        objects::annotations(page.raw(), &boxes, &mut out);
        shown.turn();
        let mut judge = paint::Judge::new(limits, boxes, &mut shown, &twins, &mut out);
        let whole = content::read(page, &mut judge);
        let (bound, heavy) = judge.end();
        ink::check(page, limits, bound, heavy, &mut out);
        if !whole {
            out.add(
                UNREAD,
                "内容太多，没有查完",
                "it has too much content to be read to its end",
            );
        }
        let turned = pdf::page::inherited::<i32>(page, "Rotate")
            .unwrap_or(0)
            .rem_euclid(360);
        all.push((boxes, turned));
    }
    out.page = 0;
    boxes::alike(&all, &mut out);
    let (findings, breaches) = out.told(name);
    Ok(Verdict {
        findings,
        breaches,
        pages: pages.len(),
    })
}

/// The finding for a file that is no PDF or is locked.
pub fn unreadable(name: &str, fault: PdfFault) -> Diagnostic {
    let (zh, en, help) = match fault {
        PdfFault::Encrypted => (
            format!("{name} 要密码才能打开"),
            format!("{name} asks for a password"),
            ("去掉密码再交", "remove the password"),
        ),
        PdfFault::Broken => (
            format!("{name} 不是 PDF，或坏得读不出"),
            format!("{name} is no PDF, or too broken to be read"),
            ("重新输出，再传一遍", "export it again, and send it again"),
        ),
    };
    Diagnostic::fatal("preflight/unreadable", zh, en).help(help.0, help.1)
}
