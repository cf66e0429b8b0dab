//! Fitting a headline into its width (N25): smaller, tighter, on one line
//! more, condensed; in this order and never below the limits of its style.

use std::borrow::Cow;
use std::sync::Arc;

use super::composer::Composer;
use super::matter::Matter;
use crate::base::geom::Length;
use crate::desk::plan::HeadPart;
use crate::story::{Cast, ParaStyle, Paragraph, Role, TextRun, TextStyle};

/// How a headline is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    /// Type size.
    pub(crate) size: Length,
    /// Tracking, in thousandths of the em.
    pub(crate) tracking: i64,
    /// Width of the characters, in thousandths of their own.
    pub(crate) scale_x: u16,
    /// Lines it takes.
    pub(crate) lines: usize,
}

/// What fitting did to a headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fitted {
    /// As the layout and the copy want it.
    pub(crate) planned: Setting,
    /// As it is set.
    pub(crate) set: Setting,
    /// Whether it takes no more than one line above what was planned.
    pub(crate) holds: bool,
}

/// Steps of size: a hundredth of a point.
const STEP: Length = Length::from_millipt(10);

/// Sets a headline part so that it takes no more lines of `width` than its
/// forced breaks make; where the limits do not allow it, one more; where they
/// do not allow that either, as it was planned, or in its smallest size if
/// that saves a line.
///
/// Parts other than the headline proper may run over several lines: for them
/// that alone is nothing to report.
pub(crate) fn fit<'a>(
    part: &'a HeadPart,
    width: Length,
    composer: &dyn Composer,
) -> (Matter<'a>, Option<Fitted>) {
    let whole = Matter::new(Cow::Borrowed(&part.paragraph), composer);
    if part.paragraph.role == Role::Summary {
        // running text, of as many lines as it needs (N20)
        return (whole, None);
    }
    let lines = whole.forced_lines();
    if holds(&whole, width, lines) {
        return (whole, None);
    }
    let fitting = Fitting {
        part,
        width,
        composer,
        planned: planned(&part.paragraph, lines),
    };
    let planned = fitting.planned;
    let one_more = |setting: Setting| Setting {
        lines: lines + 1,
        ..setting
    };
    let found = fitting
        .smaller(planned)
        .or_else(|| fitting.tighter(planned))
        .or_else(|| holds(&whole, width, lines + 1).then_some(one_more(planned)))
        .or_else(|| fitting.smaller(one_more(planned)))
        .or_else(|| fitting.tighter(one_more(planned)))
        .or_else(|| fitting.condensed(one_more(planned)));
    let set = found.unwrap_or_else(|| fitting.fewest_lines(&whole));
    let matter = if set
        == (Setting {
            lines: set.lines,
            ..planned
        }) {
        whole
    } else {
        fitting.matter(set)
    };
    let fitted = Fitted {
        planned,
        set,
        holds: found.is_some(),
    };
    let altered = set
        != Setting {
            lines: set.lines,
            ..planned
        };
    let told = altered || part.paragraph.role == Role::Head;
    (matter, told.then_some(fitted))
}

/// Whether a paragraph keeps to `width` in at most so many lines.
fn holds(matter: &Matter<'_>, width: Length, lines: usize) -> bool {
    let set = matter.at(width);
    set.len() <= lines && set.iter().all(|line| line.width <= width)
}

/// The setting of a paragraph: that of its first run.
fn planned(paragraph: &Paragraph, lines: usize) -> Setting {
    let size = paragraph.style.size;
    let first = paragraph.runs.first().map(|run| &run.style);
    let tracking = first.map_or(Length::ZERO, |style| style.tracking);
    Setting {
        size,
        tracking: tracking.scale(1000, size.raw().max(1)).raw(),
        scale_x: first.map_or(1000, |style| style.scale_x),
        lines,
    }
}

struct Fitting<'a, 'b> {
    part: &'a HeadPart,
    width: Length,
    composer: &'b dyn Composer,
    planned: Setting,
}

impl<'a> Fitting<'a, '_> {
    /// The largest size, down to the limit, that holds.
    fn smaller(&self, from: Setting) -> Option<Setting> {
        let least = self.part.limits.size;
        self.first((from.size - least).cover(STEP), |steps| Setting {
            size: (from.size - STEP * steps).max(least),
            ..from
        })
    }

    /// The loosest tracking of the smallest size that holds.
    fn tighter(&self, from: Setting) -> Option<Setting> {
        let from = self.smallest(from);
        let least = self.part.limits.tracking;
        self.first(from.tracking - least, |steps| Setting {
            tracking: from.tracking - steps,
            ..from
        })
    }

    /// The widest characters of the smallest size and least tracking that
    /// hold.
    fn condensed(&self, from: Setting) -> Option<Setting> {
        let from = Setting {
            tracking: from.tracking.min(self.part.limits.tracking),
            ..self.smallest(from)
        };
        let room = from.scale_x.saturating_sub(self.part.limits.scale_x);
        self.first(i64::from(room), |steps| Setting {
            scale_x: from.scale_x - u16::try_from(steps).unwrap_or(room).min(room),
            ..from
        })
    }

    fn smallest(&self, from: Setting) -> Setting {
        Setting {
            size: from.size.min(self.part.limits.size),
            ..from
        }
    }

    /// The last resort: as planned, unless the smallest size saves a line.
    fn fewest_lines(&self, whole: &Matter<'_>) -> Setting {
        let mut settings = [self.planned, self.smallest(self.planned)];
        settings[0].lines = whole.at(self.width).len();
        settings[1].lines = self.matter(settings[1]).at(self.width).len();
        let [planned, smallest] = settings;
        if smallest.lines < planned.lines {
            smallest
        } else {
            planned
        }
    }

    /// The setting of the fewest steps, from 1 to `most`, that holds: found
    /// by halving, for what holds still holds a step further on.
    fn first(&self, most: i64, setting: impl Fn(i64) -> Setting) -> Option<Setting> {
        let holds = |steps| {
            let setting = setting(steps);
            holds(&self.matter(setting), self.width, setting.lines)
        };
        if most < 1 || !holds(most) {
            return None;
        }
        let (mut short, mut enough) = (0, most);
        while short + 1 < enough {
            let middle = short + (enough - short) / 2;
            if holds(middle) {
                enough = middle;
            } else {
                short = middle;
            }
        }
        Some(setting(enough))
    }

    /// The part in another setting; what its styles hold in other sizes keeps
    /// its proportion. The line height stays, so that the block keeps its
    /// grid lines.
    fn matter(&self, setting: Setting) -> Matter<'a> {
        let paragraph = &self.part.paragraph;
        let old = self.planned.size.raw().max(1);
        let sized = |length: Length| length.scale(setting.size.raw(), old);
        let tighter = setting.tracking - self.planned.tracking;
        let runs = paragraph.runs.iter().map(|run| {
            let size = sized(run.style.size);
            TextRun {
                range: run.range.clone(),
                style: Arc::new(TextStyle {
                    size,
                    scale_x: setting.scale_x,
                    raised: run.style.raised.map(sized),
                    tracking: sized(run.style.tracking) + size.scale(tighter, 1000),
                    ..TextStyle::clone(&run.style)
                }),
            }
        });
        let style = &paragraph.style;
        let casts = style.casts.iter().map(|cast| Cast {
            width: sized(cast.width),
            ..cast.clone()
        });
        let paragraph = Paragraph {
            runs: runs.collect(),
            style: Arc::new(ParaStyle {
                size: setting.size,
                indent: sized(style.indent),
                start: sized(style.start),
                end: sized(style.end),
                casts: casts.collect(),
                ..ParaStyle::clone(style)
            }),
            ..paragraph.clone()
        };
        Matter::new(Cow::Owned(paragraph), self.composer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, proptest};

    use super::*;
    use crate::desk::border::Border;
    use crate::desk::plan::Limits;
    use crate::makeup::double::{Ideal, body, paragraph};
    use crate::story::Align;

    fn head(text: &str, size: Length, limits: Limits) -> HeadPart {
        let style = ParaStyle {
            align: Align::Center,
            size,
            pitch: size,
            ..body()
        };
        HeadPart {
            paragraph: Paragraph {
                role: Role::Head,
                ..paragraph(text, &style)
            },
            above: Length::ZERO,
            below: Length::ZERO,
            tint: None,
            frame: Border::NONE,
            rule: Border::NONE,
            art: None,
            limits,
        }
    }

    fn limits(size: Length, tracking: i64, scale_x: u16) -> Limits {
        Limits {
            size,
            tracking,
            scale_x,
        }
    }

    const THIRTY: Length = Length::pt(30);

    /// A headline of so many Han at 30 pt, as it is set.
    fn set(count: usize, width: Length, limits: Limits) -> Option<Fitted> {
        let part = head(&"题".repeat(count), THIRTY, limits);
        let (matter, fitted) = fit(&part, width, &Ideal);
        let lines = matter.at(width);
        if let Some(fitted) = &fitted {
            assert_eq!(lines.len(), fitted.set.lines);
            assert_eq!(matter.paragraph.style.size, fitted.set.size);
        }
        assert!(lines.iter().all(|line| line.width <= width));
        fitted
    }

    #[test]
    fn n25_what_fits_is_left_alone() {
        let fitted = set(24, Length::pt(747), limits(Length::pt(20), -100, 800));
        assert_eq!(fitted, None);
    }

    #[test]
    fn n25_the_size_comes_first() {
        let fitted = set(25, Length::pt(747), limits(Length::pt(24), -100, 800)).expect("fitted");
        assert_eq!(fitted.set.size, Length::from_millipt(29_880));
        assert_eq!((fitted.set.tracking, fitted.set.scale_x), (0, 1000));
        assert!(fitted.holds);
    }

    #[test]
    fn n25_then_the_tracking() {
        let fitted = set(25, Length::pt(747), limits(THIRTY, -100, 800)).expect("fitted");
        // 24 gaps of 0.125 pt, in thousandths of 30 pt: 4.17, so 5
        assert_eq!((fitted.set.size, fitted.set.tracking), (THIRTY, -5));
        assert_eq!((fitted.set.lines, fitted.set.scale_x), (1, 1000));
    }

    #[test]
    fn n25_then_a_second_line_in_the_planned_size() {
        let fitted = set(40, Length::pt(747), limits(Length::pt(27), -100, 800)).expect("fitted");
        let planned = Setting {
            lines: 2,
            ..fitted.planned
        };
        assert_eq!(fitted.set, planned);
    }

    #[test]
    fn n25_at_last_the_characters_are_condensed() {
        // two lines of 25 hold 30 em each at 30 pt: nothing but width helps
        let fitted = set(58, Length::pt(747), limits(THIRTY, 0, 800)).expect("fitted");
        assert_eq!((fitted.set.lines, fitted.set.tracking), (2, 0));
        // 29 characters in 24.9 em
        assert_eq!(fitted.set.scale_x, 858);
        assert!(fitted.holds);
    }

    #[test]
    fn n25_what_the_limits_do_not_allow_is_said() {
        let fitted = set(120, Length::pt(747), limits(Length::pt(27), -50, 900)).expect("told");
        assert!(!fitted.holds);
        assert_eq!(fitted.set.scale_x, 1000, "in vain is not done at all");
    }

    #[test]
    fn n25_a_deck_of_two_lines_is_nothing_to_tell() {
        let mut part = head(&"题".repeat(30), THIRTY, limits(THIRTY, 0, 1000));
        part.paragraph.role = Role::Deck;
        assert_eq!(fit(&part, Length::pt(747), &Ideal).1, None);
    }

    /// The step a setting has come to, in the order of the row.
    fn step(fitted: &Fitted) -> usize {
        let (planned, set) = (&fitted.planned, &fitted.set);
        let lines = 2 * usize::from(set.lines > planned.lines);
        match (
            set.scale_x < planned.scale_x,
            set.tracking < planned.tracking,
        ) {
            (true, _) => 5,
            (_, true) => lines + 2,
            _ => lines + 1,
        }
    }

    proptest! {
        #[test]
        fn n25_limits_are_never_passed_and_steps_come_in_their_order(
            count in 1_usize..90,
            text in Just("标题“甲乙”，2026年——很长ABC").prop_map(|text| text.chars().cycle()),
            tenths in 850_i64..=1000,
            tracking in -100_i64..=0,
            scale_x in 800_u16..=1000,
        ) {
            let text: String = text.take(count).collect();
            let width = Length::pt(486);
            let limits = limits(THIRTY.scale(tenths, 1000), tracking, scale_x);
            let part = head(&text, THIRTY, limits);
            let (matter, fitted) = fit(&part, width, &Ideal);
            prop_assert_eq!(&matter.paragraph.text, &text);
            if let Some(fitted) = fitted {
                let set = fitted.set;
                prop_assert!(set.size >= limits.size && set.size <= THIRTY);
                prop_assert!(set.tracking >= tracking && set.tracking <= 0);
                prop_assert!(set.scale_x >= scale_x && set.scale_x <= 1000);
                if fitted.holds {
                    prop_assert!(holds(&matter, width, set.lines));
                    // a step is taken only when those before it are used up
                    prop_assert!(step(&fitted) % 2 == 1 || set.size == limits.size);
                    prop_assert!(set.scale_x == 1000 || set.tracking == tracking);
                }
            }
        }
    }
}
