//! The widths of a table's columns, found by their content (P26).

/// Width of the text of a column, in whole em.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Want {
    /// On one line.
    pub(super) most: i64,
    /// As narrow as its longest word.
    pub(super) least: i64,
}

/// Shares out `room` em over the columns; `None` where it is less than all of
/// them need.
///
/// Where all have their text on one line, what is left over is shared
/// equally, the first columns taking the remainder. Otherwise each has its
/// least, and em by em goes to the column that would take the most lines,
/// that with the greatest ratio of what it wants to what it has, the first of
/// equals.
pub(super) fn share(wants: &[Want], room: i64) -> Option<Vec<i64>> {
    let count = i64::try_from(wants.len()).ok().filter(|&count| count > 0)?;
    let most: i64 = wants.iter().map(|want| want.most).sum();
    if most <= room {
        let (each, over) = ((room - most) / count, (room - most) % count);
        let shares = wants.iter().zip(0..);
        return Some(
            shares
                .map(|(want, nth)| want.most + each + i64::from(nth < over))
                .collect(),
        );
    }
    let mut shares: Vec<i64> = wants.iter().map(|want| want.least).collect();
    let free = room - shares.iter().sum::<i64>();
    if free < 0 {
        return None;
    }
    for _ in 0..free {
        let mut neediest: Option<usize> = None;
        for nth in (0..wants.len()).filter(|&nth| shares[nth] < wants[nth].most) {
            let needs_more =
                |than: usize| wants[nth].most * shares[than] > wants[than].most * shares[nth];
            if neediest.is_none_or(needs_more) {
                neediest = Some(nth);
            }
        }
        if let Some(nth) = neediest {
            shares[nth] += 1;
        }
    }
    Some(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(wants: &[(i64, i64)], room: i64) -> Option<Vec<i64>> {
        let wants: Vec<Want> = wants
            .iter()
            .map(|&(least, most)| Want { most, least })
            .collect();
        share(&wants, room)
    }

    #[test]
    fn p26_what_is_left_over_is_shared_equally() {
        assert_eq!(shares(&[(1, 3), (2, 2)], 8), Some(vec![5, 3]));
        assert_eq!(shares(&[(1, 3), (2, 2)], 5), Some(vec![3, 2]));
    }

    #[test]
    fn p26_the_column_with_the_most_lines_gets_the_next_em() {
        assert_eq!(shares(&[(2, 2), (1, 20)], 7), Some(vec![2, 5]));
        assert_eq!(shares(&[(1, 10), (1, 20)], 9), Some(vec![3, 6]));
    }

    #[test]
    fn p26_columns_that_need_more_than_there_is_do_not_fit() {
        assert_eq!(shares(&[(4, 4), (4, 9)], 7), None);
        assert_eq!(shares(&[], 7), None);
    }
}
