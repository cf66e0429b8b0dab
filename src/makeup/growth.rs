//! What a slot adds to itself to close its columns: white in the headline
//! block, height of its pictures, white around its subheads (E04).

/// Grid lines for each part of a slot that can grow: the headline block, each
/// picture, each paragraph (only blocks of whole grid lines ever grow). One
/// value says what the parts may add, another what they have added.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Growth {
    /// Head, pictures, paragraphs.
    parts: Vec<u16>,
    pictures: usize,
}

impl Growth {
    pub(crate) fn new(head: u16, pictures: &[u16], blocks: &[u16]) -> Self {
        Self {
            parts: [&[head], pictures, blocks].concat(),
            pictures: pictures.len(),
        }
    }

    /// Nothing, for as many parts as `self` has.
    pub(crate) fn none(&self) -> Self {
        self.of(vec![0; self.parts.len()])
    }

    pub(crate) fn head(&self) -> u16 {
        self.parts.first().copied().unwrap_or(0)
    }

    pub(crate) fn pictures(&self) -> &[u16] {
        self.parts.get(1..=self.pictures).unwrap_or(&[])
    }

    pub(crate) fn blocks(&self) -> &[u16] {
        self.parts.get(self.pictures + 1..).unwrap_or(&[])
    }

    /// The same with another head.
    pub(crate) fn with_head(&self, lines: u16) -> Self {
        self.with(0, lines)
    }

    /// The same without white around blocks.
    pub(crate) fn without_blocks(&self) -> Self {
        let kept = 1 + self.pictures;
        let part = |(part, &lines): (usize, &u16)| if part < kept { lines } else { 0 };
        self.of(self.parts.iter().enumerate().map(part).collect())
    }

    /// The same without white around one block.
    pub(crate) fn without_block(&self, nth: usize) -> Self {
        self.with(1 + self.pictures + nth, 0)
    }

    pub(crate) fn is_none(&self) -> bool {
        self.parts.iter().all(|&lines| lines == 0)
    }

    /// Steps in which a whole allowance is shared out evenly: those of its
    /// largest part.
    pub(crate) fn steps(&self) -> u16 {
        self.parts.iter().copied().max().unwrap_or(0)
    }

    /// So many [steps](Self::steps) of this allowance: every part grows in
    /// proportion to what it may.
    pub(crate) fn share(&self, steps: u16) -> Self {
        let whole = u32::from(self.steps().max(1));
        let part = |&most: &u16| u32::from(most) * u32::from(steps) / whole;
        let parts = self.parts.iter().map(part);
        self.of(parts
            .map(|lines| u16::try_from(lines).unwrap_or(u16::MAX))
            .collect())
    }

    /// Each way to add one line within `most`, beginning with the part that
    /// has used the least of what it may.
    pub(crate) fn grown(&self, most: &Self) -> Vec<Self> {
        let mut parts: Vec<usize> = (0..self.parts.len())
            .filter(|&part| self.parts[part] < most.parts[part])
            .collect();
        // shares used / most, compared without division
        parts.sort_by(|&a, &b| {
            let share =
                |part: usize, by: usize| u32::from(self.parts[part]) * u32::from(most.parts[by]);
            share(a, b).cmp(&share(b, a))
        });
        parts
            .into_iter()
            .map(|part| self.with(part, self.parts[part] + 1))
            .collect()
    }

    /// Each way to add one line within `most` or to take one back, in the
    /// order of the parts.
    pub(crate) fn moved(&self, most: &Self) -> Vec<Self> {
        let mut ways = Vec::new();
        for (part, &lines) in self.parts.iter().enumerate() {
            if lines > 0 {
                ways.push(self.with(part, lines - 1));
            }
            if lines < most.parts[part] {
                ways.push(self.with(part, lines + 1));
            }
        }
        ways
    }

    fn with(&self, part: usize, lines: u16) -> Self {
        let mut parts = self.parts.clone();
        parts[part] = lines;
        self.of(parts)
    }

    fn of(&self, parts: Vec<u16>) -> Self {
        Self {
            parts,
            pictures: self.pictures,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e04_an_allowance_is_shared_in_proportion() {
        let most = Growth::new(10, &[5, 0], &[]);
        assert_eq!(most.share(4), Growth::new(4, &[2, 0], &[]));
        assert_eq!(most.share(most.steps()), most);
    }

    #[test]
    fn e04_the_part_that_used_the_least_of_its_share_grows_first() {
        let most = Growth::new(10, &[5, 2], &[]);
        let ways = Growth::new(4, &[1, 2], &[]).grown(&most);
        assert_eq!(
            ways,
            [Growth::new(4, &[2, 2], &[]), Growth::new(5, &[1, 2], &[])]
        );
    }

    #[test]
    fn e04_a_line_moves_up_to_the_allowance_and_down_to_nothing() {
        let most = Growth::new(2, &[3], &[1]);
        let ways = Growth::new(2, &[0], &[1]).moved(&most);
        assert_eq!(
            ways,
            [
                Growth::new(1, &[0], &[1]),
                Growth::new(2, &[1], &[1]),
                Growth::new(2, &[0], &[0]),
            ]
        );
    }
}
