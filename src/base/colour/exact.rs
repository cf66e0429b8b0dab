//! Roots and powers with the same result on every machine.
//!
//! Made of additions, products and quotients alone, which IEEE 754 rounds the
//! same everywhere; the functions of the platform's library do not agree in
//! the last bit (house rule 6). They serve the few thousand values that tables
//! are built from, never a pixel.

/// The cube root of `x`, which is not negative: within a few units of the
/// last place.
pub(super) fn cbrt(x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    // A third of the exponent is a start within a third of the root; each
    // step of Newton doubles the digits that are right.
    let mut root = f64::from_bits(x.to_bits() / 3 + (682 << 52));
    for _ in 0..6 {
        root -= (root - x / (root * root)) / 3.0;
    }
    root
}

/// `base` to the power of `exponent`, for a base that is not negative: within
/// 1e-13 of the value. 0 for a base of 0.
pub(super) fn pow(base: f64, exponent: f64) -> f64 {
    if base <= 0.0 || !base.is_finite() {
        return 0.0;
    }
    exp2(log2(base) * exponent)
}

/// The binary logarithm of a positive number, bit by bit: the square of what
/// is left passes 2 where the next bit is one.
fn log2(x: f64) -> f64 {
    let bits = x.to_bits();
    let exponent = ((bits >> 52) & 0x7FF) as i32 - 1023;
    let mut rest = f64::from_bits((bits & ((1 << 52) - 1)) | (1023 << 52));
    let mut log = f64::from(exponent);
    let mut bit = 0.5;
    for _ in 0..50 {
        rest *= rest;
        if rest >= 2.0 {
            rest /= 2.0;
            log += bit;
        }
        bit /= 2.0;
    }
    log
}

/// Two to the power of `x`: the whole part in the exponent, the rest by the
/// series of the exponential function.
fn exp2(x: f64) -> f64 {
    let whole = x.floor();
    if whole < -1022.0 {
        return 0.0;
    }
    if whole > 1022.0 {
        return f64::MAX;
    }
    let rest = (x - whole) * std::f64::consts::LN_2;
    let (mut sum, mut term) = (1.0, 1.0);
    for n in 1..20 {
        term *= rest / f64::from(n);
        sum += term;
    }
    // between -1022 and 1022: a normal number
    let exponent = (whole as i64 + 1023) as u64;
    sum * f64::from_bits(exponent << 52)
}

#[cfg(test)]
mod tests {
    use super::{cbrt, pow};

    #[test]
    fn roots_and_powers_are_those_of_arithmetic() {
        for n in 1..2000 {
            let x = f64::from(n) / 1000.0;
            let root = cbrt(x);
            assert!((root * root * root - x).abs() < 1e-14, "{x}");
            assert!((pow(x, 3.0) - x * x * x).abs() < 1e-12, "{x}");
            assert!((pow(x, 0.5) - x.sqrt()).abs() < 1e-12, "{x}");
        }
        assert_eq!(cbrt(0.0), 0.0);
        assert_eq!(pow(0.0, 2.4), 0.0);
        assert!((cbrt(1e-12) - 1e-4).abs() < 1e-16);
    }
}
