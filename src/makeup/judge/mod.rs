//! 版面检查: a finished page looked at as its designer would (N28, N30–N35,
//! N44–N46).
//!
//! Each rule sees blocks and what was drawn, never how they came about.

mod blocks;
mod bump;
mod close;
mod cover;
mod cut;
mod ink;
mod lead;
mod shape;
#[cfg(test)]
mod tests;

use self::blocks::Block;
use self::cover::Cover;
use crate::base::diag::{Diagnostic, Severity, Span, Text};
use crate::base::geom::Rect;
use crate::desk::plan::PagePlan;
use crate::page::{Page, Spot};

/// A breach of a rule: what it is and where on the page.
struct Breach {
    code: &'static str,
    message: Text,
    help: Text,
    /// The slot's place in the layout, or the copy's.
    span: Option<Span>,
    /// Another place that it concerns.
    related: Option<(Span, Text)>,
    facts: Vec<(&'static str, Value)>,
    rect: Rect,
}

/// What a breach tells besides its message.
enum Value {
    Word(String),
    Number(i64),
}

/// Judges a page by the rules of its plan; adds what it finds to the page's
/// findings and the places to its spots.
pub(crate) fn judge(plan: &PagePlan, page: &mut Page) {
    let rules = &plan.rules;
    let blocks: Vec<Block<'_>> = plan
        .slots
        .iter()
        .filter_map(|slot| Block::of(slot, page))
        .collect();
    let cover = Cover::of(plan, &blocks);
    let mut found: Vec<(Severity, Breach)> = Vec::new();
    let mut ask = |grade: Option<Severity>, judged: &dyn Fn() -> Vec<Breach>| {
        if let Some(severity) = grade {
            found.extend(judged().into_iter().map(|breach| (severity, breach)));
        }
    };
    ask(rules.bump, &|| bump::judge(&blocks, page));
    ask(rules.close, &|| close::judge(&blocks, page));
    ask(rules.cover, &|| shape::cover(&blocks, &page.grid));
    ask(rules.apart, &|| shape::apart(&blocks, &page.grid));
    ask(rules.shape, &|| shape::corners(&blocks));
    ask(rules.lead, &|| lead::judge(&blocks, &page.grid));
    ask(rules.cut, &|| cut::judge(&blocks, &page.grid));
    ask(rules.feet, &|| cover.feet(&page.grid));
    ask(rules.white, &|| cover.white(&page.grid));
    ask(rules.four_colour, &|| ink::judge(page));
    for (severity, breach) in found {
        page.spots.push(Spot {
            finding: page.findings.len(),
            rect: breach.rect,
        });
        // what no slot is to blame for is told of the page
        let span = breach.span.or(plan.span);
        page.findings
            .push(Breach { span, ..breach }.finding(severity));
    }
}

impl Breach {
    fn finding(self, severity: Severity) -> Diagnostic {
        let mut note = Diagnostic::new(severity, self.code, self.message.zh, self.message.en)
            .at_opt(self.span)
            .help(self.help.zh, self.help.en);
        if let Some((span, text)) = self.related {
            note = note.related(span, text.zh, text.en);
        }
        for (name, value) in self.facts {
            note = match value {
                Value::Word(word) => note.word(name, word),
                Value::Number(number) => note.number(name, number),
            };
        }
        note
    }
}
