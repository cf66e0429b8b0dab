//! 线: kinds of rules and borders (N41), as a person names them and as they
//! are planned.

use crate::base::geom::Length;
use crate::desk::form::{Leaf, Notes};
use crate::desk::form::{Loose, Quantity, Unit, Units, Written, Wrong, allowed_words};

/// What a rule looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BorderKind {
    /// One plain line: 正线 where it is thin, 反线 where it is thick.
    #[default]
    Plain,
    /// 双线: two thin lines.
    Double,
    /// 文武线: a thick line and a thin one, the thick one above, at the left,
    /// or outside.
    ThickThin,
    /// 点线: round dots.
    Dotted,
    /// 水线, 曲线: a wave.
    Wave,
    /// 花边 of lozenges.
    Lozenges,
    /// 花边 of 回纹.
    Meander,
}

/// A rule: what it looks like and how thick it is as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Border {
    /// What it looks like.
    pub kind: BorderKind,
    /// From its one edge to the other; zero for none.
    pub thickness: Length,
}

impl Border {
    /// No rule.
    pub const NONE: Self = Self::plain(Length::ZERO);

    /// One plain line.
    pub const fn plain(thickness: Length) -> Self {
        Self {
            kind: BorderKind::Plain,
            thickness,
        }
    }

    /// Whether there is a rule at all.
    pub fn is_some(&self) -> bool {
        self.thickness > Length::ZERO
    }

    /// The thinnest thing that is printed of it.
    pub fn finest(&self) -> Length {
        let lines = self.lines();
        let plain = lines.iter().map(|(_, thick)| *thick).min();
        plain.unwrap_or(match self.kind {
            BorderKind::Wave => self.stroke(),
            BorderKind::Meander => self.stroke(),
            _ => self.thickness,
        })
    }

    /// The straight lines it is made of: how far each lies inside its outer
    /// edge and how thick it is. None for those that are drawn.
    pub fn lines(&self) -> Vec<(Length, Length)> {
        let whole = self.thickness;
        match self.kind {
            BorderKind::Plain => vec![(Length::ZERO, whole)],
            BorderKind::Double => {
                let thin = whole.scale(1, 5);
                vec![(Length::ZERO, thin), (whole - thin, thin)]
            }
            BorderKind::ThickThin => {
                let thin = whole.scale(3, 20);
                vec![(Length::ZERO, whole.half()), (whole - thin, thin)]
            }
            _ => Vec::new(),
        }
    }

    /// Thickness of the line that a wave or a 回纹 is drawn with.
    pub fn stroke(&self) -> Length {
        match self.kind {
            BorderKind::Wave => self.thickness.scale(1, 5),
            _ => self.thickness.scale(1, 8),
        }
    }
}

/// The words and what they stand for: a kind, and how thick it usually is, in
/// thousandths of a point (requirements N41).
const WORDS: [(&str, BorderKind, i64); 16] = [
    ("正线", BorderKind::Plain, 250),
    ("反线", BorderKind::Plain, 1500),
    ("双线", BorderKind::Double, 1500),
    ("文武线", BorderKind::ThickThin, 2500),
    ("点线", BorderKind::Dotted, 750),
    ("水线", BorderKind::Wave, 2000),
    ("曲线", BorderKind::Wave, 2000),
    ("花边", BorderKind::Lozenges, 6000),
    ("花边 菱花", BorderKind::Lozenges, 6000),
    ("花边 回纹", BorderKind::Meander, 6000),
    ("thin", BorderKind::Plain, 250),
    ("thick", BorderKind::Plain, 1500),
    ("double", BorderKind::Double, 1500),
    ("thick-thin", BorderKind::ThickThin, 2500),
    ("dotted", BorderKind::Dotted, 750),
    ("wave", BorderKind::Wave, 2000),
];

/// A rule as written: `"0.5pt"`, `"文武线"`, `"双线 1.5pt"`, `"花边 回纹 6pt"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BorderText {
    kind: BorderKind,
    usual: Length,
    thickness: Option<Quantity>,
}

impl BorderText {
    fn parse(text: &str) -> Option<Self> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // the longest name first: 花边 回纹 before 花边
        let named = WORDS
            .iter()
            .filter_map(|&(word, kind, usual)| {
                let rest = text.strip_prefix(word)?;
                let apart = rest.is_empty() || rest.starts_with(' ') || Quantity::begins(rest);
                apart.then_some((word.len(), kind, usual, rest.trim().to_owned()))
            })
            .max_by_key(|(length, ..)| *length);
        let (kind, usual, rest) = match named {
            Some((_, kind, usual, rest)) => (kind, usual, rest),
            None => (BorderKind::Plain, 0, text),
        };
        let thickness = match (named_alone(usual, &rest), Quantity::begins(&rest)) {
            (true, _) => None,
            (false, true) => Some(Quantity::parse(&rest)?),
            (false, false) => return None,
        };
        Some(Self {
            kind,
            usual: Length::from_millipt(usual),
            thickness,
        })
    }
}

fn named_alone(usual: i64, rest: &str) -> bool {
    usual > 0 && rest.is_empty()
}

impl Written for BorderText {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        let text = value.number_text();
        Self::parse(&text).ok_or_else(|| {
            let words: Vec<&str> = WORDS.iter().map(|(word, ..)| *word).collect();
            let word = text.split_whitespace().next().unwrap_or_default();
            let (zh, en) = allowed_words(word, &words);
            Wrong::new(
                format!("{} 不是线", value.shown()),
                format!("{} is not a rule", value.shown()),
            )
            .help(
                format!("写粗细如 \"0.5pt\"，或线名加粗细如 \"双线 1.5pt\"；{zh}"),
                format!("write a thickness such as \"0.5pt\", or a name and a thickness such as \"double 1.5pt\"; {en}"),
            )
        })
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({
            "type": ["string", "number"],
            "description": "0.5pt, or a kind of rule and its thickness: 正线, 反线, 双线 1.5pt, 文武线 2.5pt, 点线, 水线, 花边 菱花 6pt, 花边 回纹 6pt",
        })
    }
}

/// The thinnest rule that prints everywhere: 0.1 mm, rounded as the trade
/// rounds it, the 正线 of 1/4 pt (N41).
pub const FINEST: Length = Length::from_millipt(250);

/// Reads a rule no thicker than `most`; [`Border::NONE`] where there is none.
/// `units` say what a bare number counts.
pub fn read(
    leaf: &Leaf<BorderText>,
    key: &str,
    most: Length,
    units: &Units<'_>,
    notes: &mut Notes,
) -> Border {
    let Some(text) = notes.take(leaf) else {
        return Border::NONE;
    };
    let thickness = match &text.thickness {
        None => text.usual,
        Some(quantity) => {
            let units = Units {
                bare: units.bare.or(Some(&Unit::Pt)),
                ..*units
            };
            let range = leaf.span();
            notes
                .measure(quantity, range.as_ref(), key, Length::ZERO..=most, &units)
                .unwrap_or(Length::ZERO)
        }
    };
    let border = Border {
        kind: text.kind,
        thickness,
    };
    if border.is_some() && border.finest() < FINEST {
        notes.thin_rule(leaf.span().as_ref(), key, border.finest());
    }
    border
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<(BorderKind, Option<Quantity>)> {
        BorderText::parse(text).map(|text| (text.kind, text.thickness))
    }

    #[test]
    fn n41_rules_are_written_as_one_text() {
        let pt = |text| Quantity::parse(text);
        assert_eq!(parsed("0.5pt"), Some((BorderKind::Plain, pt("0.5pt"))));
        assert_eq!(parsed("文武线"), Some((BorderKind::ThickThin, None)));
        assert_eq!(
            parsed("双线 1.5pt"),
            Some((BorderKind::Double, pt("1.5pt")))
        );
        assert_eq!(parsed("双线1.5pt"), parsed("双线 1.5 pt"));
        assert_eq!(
            parsed("花边  回纹 6pt"),
            Some((BorderKind::Meander, pt("6pt")))
        );
        assert_eq!(parsed("花边 6pt"), Some((BorderKind::Lozenges, pt("6pt"))));
        for text in ["", "文武", "文武线 粗", "小五", "双线 3px", "thickish"] {
            assert_eq!(parsed(text), None, "{text}");
        }
    }

    #[test]
    fn n41_the_finest_part_counts() {
        let of = |kind, millipt| {
            let thickness = Length::from_millipt(millipt);
            Border { kind, thickness }.finest()
        };
        assert_eq!(of(BorderKind::Plain, 250), Length::from_millipt(250));
        assert_eq!(of(BorderKind::Double, 1500), Length::from_millipt(300));
        assert!(of(BorderKind::ThickThin, 1500) < FINEST);
    }
}
