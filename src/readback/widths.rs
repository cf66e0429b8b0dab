//! How far text goes: the widths that a font dictionary states.

use std::collections::BTreeMap;

use crate::base::pdf::{Array, Dict, Name, Object};

/// The widths of a font, in thousandths of an em, and how its codes are read.
#[derive(Debug, Default)]
pub(crate) struct Widths {
    /// Codes of two bytes, as of composite fonts.
    pub(crate) wide: bool,
    /// Lines of it run down.
    pub(crate) down: bool,
    /// Its glyphs are procedures (Type 3).
    pub(crate) procedures: bool,
    usual: f64,
    own: BTreeMap<u32, f64>,
}

/// Widths that one font may state, those stated again included.
const MOST: usize = 70_000;

impl Widths {
    /// Of a font.
    pub(crate) fn of(font: &Dict<'_>) -> Self {
        let name = |key: &str| {
            let name = font.get::<Name<'_>>(key);
            name.map_or_else(String::new, |name| name.as_str().to_owned())
        };
        if name("Subtype") != "Type0" {
            let first = font.get::<i32>("FirstChar").unwrap_or(0);
            let first = u32::try_from(first).unwrap_or(0);
            let list = font.get::<Array<'_>>("Widths");
            let widths = list.iter().flat_map(|list| list.iter::<f64>());
            let procedures = name("Subtype") == "Type3";
            // glyphs of Type 3 have a space of their own
            let matrix = font.get::<Array<'_>>("FontMatrix").filter(|_| procedures);
            let across = matrix.and_then(|list| list.iter::<f64>().next());
            let em = across.map_or(1.0, |across| across * 1000.0);
            return Self {
                usual: if procedures { 0.0 } else { 500.0 },
                own: (first..)
                    .zip(widths.take(MOST).map(|width| width * em))
                    .collect(),
                procedures,
                ..Self::default()
            };
        }
        let inner = font.get::<Array<'_>>("DescendantFonts");
        let inner = inner.and_then(|list| list.iter::<Dict<'_>>().next());
        let inner = inner.unwrap_or_default();
        let mut own = BTreeMap::new();
        if let Some(list) = inner.get::<Array<'_>>("W") {
            read(&list, &mut own);
        }
        Self {
            wide: true,
            procedures: false,
            down: name("Encoding").ends_with("-V"),
            usual: inner.get::<f64>("DW").unwrap_or(1000.0),
            own,
        }
    }

    /// What a string comes to: codes, and thousandths of an em.
    pub(crate) fn string(&self, text: &[u8]) -> (f64, f64) {
        let width = |code: u32| self.own.get(&code).copied().unwrap_or(self.usual);
        match self.wide {
            true => {
                let codes = text.chunks_exact(2);
                let count = codes.len() as f64;
                let sum = codes.map(|pair| width(u32::from(pair[0]) << 8 | u32::from(pair[1])));
                (count, sum.sum())
            }
            false => {
                let sum = text.iter().map(|&code| width(u32::from(code)));
                (text.len() as f64, sum.sum())
            }
        }
    }
}

/// `/W`: a code and the widths from it on, or two codes and the width of all
/// between.
fn read(list: &Array<'_>, own: &mut BTreeMap<u32, f64>) {
    let mut parts = list.iter::<Object<'_>>();
    let number = |object: &Object<'_>| match object {
        Object::Number(number) => Some(number.as_f64()),
        _ => None,
    };
    let code = |object: &Object<'_>| number(object).map(|code| code.clamp(0.0, 65_535.0) as u32);
    let mut left = MOST;
    while let Some(first) = parts.next().as_ref().and_then(code) {
        match parts.next() {
            Some(Object::Array(widths)) => {
                let stated = (first..).zip(widths.iter::<f64>().take(left));
                for (code, width) in stated {
                    own.insert(code, width);
                    left -= 1;
                }
            }
            Some(last) => {
                let (Some(last), Some(width)) =
                    (code(&last), parts.next().as_ref().and_then(number))
                else {
                    return;
                };
                let stated = (first..=last).take(left);
                left -= stated.clone().count();
                own.extend(stated.map(|code| (code, width)));
            }
            None => return,
        }
        if left == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::pdf::dict_of;

    #[test]
    fn widths_that_are_stated_again_and_again_end() {
        let ranges = "0 65535 500 ".repeat(100_000);
        let font = format!(
            "<< /Subtype /Type0 /DescendantFonts [<< /W [7 [300 400] {ranges} 9 9 1] >>] >>"
        );
        let widths = Widths::of(&dict_of(font.as_bytes()).expect("a font"));
        assert_eq!(widths.string(&[0, 7, 0, 8, 0, 9]), (3.0, 1500.0));
    }
}
