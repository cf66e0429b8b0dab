//! 拼版: which pages share a side of a sheet (N18).

/// One side of a folded sheet, seen with the fold in the middle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetSide<'a> {
    /// The sheet, from 1, the outer one first.
    pub sheet: usize,
    /// Whether it is the side that lies outside when folded.
    pub outer: bool,
    /// The pages at the left and at the right of the fold.
    pub pages: [&'a str; 2],
}

impl SheetSide<'_> {
    /// `A` outside, `B` inside.
    pub fn letter(&self) -> char {
        if self.outer { 'A' } else { 'B' }
    }
}

/// The pages that share sheets: a 跨版 `02-03` is two, a strip between pages,
/// whose number has no figure, is none (N19).
pub fn numbers<'a>(pages: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let covered = pages.flat_map(|number| number.split('-'));
    let counts = |number: &&str| number.bytes().any(|byte| byte.is_ascii_digit());
    covered.filter(counts).collect()
}

/// The sides of all sheets of an issue whose pages have these numbers, in
/// reading order, or none where the pages do not fill whole sheets of four.
///
/// Horizontal papers: the first page is at the right of the outer side, and
/// every odd one at the right of its side.
pub fn sides<'a>(numbers: &[&'a str]) -> Vec<SheetSide<'a>> {
    let count = numbers.len();
    if count == 0 || !count.is_multiple_of(4) {
        return Vec::new();
    }
    (0..count / 4)
        .flat_map(|sheet| {
            let (front, back) = (sheet * 2, count - 1 - sheet * 2);
            [(true, back, front), (false, front + 1, back - 1)].map(|(outer, left, right)| {
                SheetSide {
                    sheet: sheet + 1,
                    outer,
                    pages: [numbers[left], numbers[right]],
                }
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(numbers: &[&str]) -> Vec<String> {
        let side = |side: &SheetSide<'_>| {
            let [left, right] = side.pages;
            format!("{}{} {left}∣{right}", side.sheet, side.letter())
        };
        sides(numbers).iter().map(side).collect()
    }

    #[test]
    fn n19_a_spread_is_two_pages_and_a_strip_none() {
        let pages = numbers(["01", "ZF", "02-03", "04"].into_iter());
        assert_eq!(pages, ["01", "02", "03", "04"]);
        assert_eq!(shown(&pages), ["1A 04∣01", "1B 02∣03"]);
    }

    #[test]
    fn n18_pages_are_laid_on_folded_sheets() {
        assert_eq!(shown(&["1", "2", "3", "4"]), ["1A 4∣1", "1B 2∣3"]);
        let eight = ["1", "2", "3", "4", "5", "6", "7", "8"];
        assert_eq!(shown(&eight), ["1A 8∣1", "1B 2∣7", "2A 6∣3", "2B 4∣5"]);
        assert!(shown(&["1", "2"]).is_empty());
    }
}
