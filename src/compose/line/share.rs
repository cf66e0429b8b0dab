//! Fair sharing of a whole amount: equal parts, capped, exact to the unit.

/// Gives `amount` to takers in equal parts, none beyond its cap. Returns what
/// each takes; together they take `amount`, or all caps where that is less.
/// The units that do not divide go to the first takers (L36, L38).
pub(super) fn capped(amount: i64, caps: &[i64]) -> Vec<i64> {
    let mut taken = vec![0; caps.len()];
    let mut left = amount.max(0);
    let mut order: Vec<usize> = (0..caps.len()).filter(|&index| caps[index] > 0).collect();
    order.sort_by_key(|&index| (caps[index], index));
    let mut rest = order.as_slice();
    while let Some((&index, others)) = rest.split_first() {
        let share = left / i64::try_from(rest.len()).unwrap_or(i64::MAX);
        if caps[index] > share {
            break;
        }
        taken[index] = caps[index];
        left -= caps[index];
        rest = others;
    }
    let mut open: Vec<usize> = rest.to_vec();
    open.sort_unstable();
    for (index, part) in open.iter().zip(equal(left, open.len())) {
        taken[*index] = part;
    }
    taken
}

/// `amount` in `count` parts that differ by one unit at most.
pub(super) fn equal(amount: i64, count: usize) -> impl Iterator<Item = i64> {
    let parts = i64::try_from(count).unwrap_or(i64::MAX).max(1);
    let (base, more) = (amount / parts, amount % parts);
    (0..count).map(move |index| base + i64::from(i64::try_from(index).unwrap_or(0) < more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l36_shares_are_equal_up_to_the_floor() {
        assert_eq!(capped(10, &[100, 100, 100]), [4, 3, 3]);
        assert_eq!(capped(10, &[1, 100, 100]), [1, 5, 4]);
        assert_eq!(capped(10, &[1, 2, 3]), [1, 2, 3]);
        assert_eq!(capped(10, &[0, 20]), [0, 10]);
    }
}
