//! DICT: operands, then the operator they belong to (#5176, section 4).

use std::ops::Range;

use super::Fault;

/// Operators of Top, Font and Private DICTs (#5176, tables 9, 10 and 23);
/// 12 *n* is `0x0C00 + n`.
pub(super) mod operator {
    pub(crate) const NOTICE: u16 = 1;
    pub(crate) const FONT_BBOX: u16 = 5;
    pub(crate) const CHARSET: u16 = 15;
    pub(crate) const CHAR_STRINGS: u16 = 17;
    pub(crate) const PRIVATE: u16 = 18;
    pub(crate) const SUBRS: u16 = 19;
    pub(crate) const COPYRIGHT: u16 = 0x0C00;
    pub(crate) const CHARSTRING_TYPE: u16 = 0x0C06;
    pub(crate) const FONT_MATRIX: u16 = 0x0C07;
    pub(crate) const ROS: u16 = 0x0C1E;
    pub(crate) const CID_COUNT: u16 = 0x0C22;
    pub(crate) const FD_ARRAY: u16 = 0x0C24;
    pub(crate) const FD_SELECT: u16 = 0x0C25;
    pub(crate) const FONT_NAME: u16 = 0x0C26;
}

/// One operator of a DICT.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    pub(super) operator: u16,
    /// The operands as they are encoded.
    pub(super) operands: &'a [u8],
}

/// The bytes of a DICT.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dict<'a>(pub(super) &'a [u8]);

impl<'a> Dict<'a> {
    /// The entries in their order.
    pub(super) fn entries(self) -> impl Iterator<Item = Result<Entry<'a>, Fault>> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let cut = cut_entry(rest);
            rest = cut.map_or(&[], |(_, rest)| rest);
            Some(
                cut.map_or(Err(Fault::Damaged("a DICT is broken")), |(entry, _)| {
                    Ok(entry)
                }),
            )
        })
    }

    /// The encoded operands of an operator, where the DICT has it.
    pub(super) fn operands(self, operator: u16) -> Result<Option<&'a [u8]>, Fault> {
        for entry in self.entries() {
            let entry = entry?;
            if entry.operator == operator {
                return Ok(Some(entry.operands));
            }
        }
        Ok(None)
    }

    /// The `N` numbers of an operator, all of them whole and not below zero.
    pub(super) fn numbers<const N: usize>(
        self,
        operator: u16,
    ) -> Result<Option<[usize; N]>, Fault> {
        let Some(mut rest) = self.operands(operator)? else {
            return Ok(None);
        };
        let wrong = Fault::Damaged("a DICT has operands of the wrong kind");
        let mut numbers = [0; N];
        for number in &mut numbers {
            let (first, after) = rest
                .split_at_checked(operand_length(rest).ok_or(wrong)?)
                .ok_or(wrong)?;
            *number = integer(first)
                .and_then(|value| usize::try_from(value).ok())
                .ok_or(wrong)?;
            rest = after;
        }
        if rest.is_empty() {
            Ok(Some(numbers))
        } else {
            Err(wrong)
        }
    }

    /// The one number of an operator.
    pub(super) fn number(self, operator: u16) -> Result<Option<usize>, Fault> {
        Ok(self.numbers(operator)?.map(|[number]| number))
    }

    /// Where the Private DICT that this DICT names is in the table.
    pub(super) fn private(self) -> Result<Option<Range<usize>>, Fault> {
        // Both numbers come from four bytes at most.
        let range = |[length, start]: [usize; 2]| start..start + length;
        Ok(self.numbers(operator::PRIVATE)?.map(range))
    }
}

/// The first entry of a DICT and what follows it.
fn cut_entry(dict: &[u8]) -> Option<(Entry<'_>, &[u8])> {
    let mut at = 0;
    loop {
        let operator = *dict.get(at)?;
        if operator > 21 {
            at += operand_length(&dict[at..])?;
            continue;
        }
        let (operands, rest) = dict.split_at(at);
        let (operator, rest) = match (operator, rest) {
            (12, [_, second, rest @ ..]) => (0x0C00 + u16::from(*second), rest),
            (12, _) => return None,
            (one, [_, rest @ ..]) => (u16::from(one), rest),
            (_, []) => return None,
        };
        return Some((Entry { operator, operands }, rest));
    }
}

/// How many bytes the first operand takes (#5176, table 3).
fn operand_length(operands: &[u8]) -> Option<usize> {
    match operands.first()? {
        28 => Some(3),
        29 => Some(5),
        // A real number is nibbles up to one that is 15 (#5176, table 5).
        30 => {
            let last = |byte: &u8| byte & 0x0F == 0x0F || byte >> 4 == 0x0F;
            Some(operands.get(1..)?.iter().position(last)? + 2)
        }
        32..=246 => Some(1),
        247..=254 => Some(2),
        _ => None,
    }
}

/// The whole number that an operand is; `None` for a real one.
fn integer(operand: &[u8]) -> Option<i32> {
    let number = match operand {
        [28, high, low] => i32::from(i16::from_be_bytes([*high, *low])),
        [29, bytes @ ..] => i32::from_be_bytes(bytes.try_into().ok()?),
        [first @ 32..=246] => i32::from(*first) - 139,
        [first @ 247..=250, low] => (i32::from(*first) - 247) * 256 + i32::from(*low) + 108,
        [first @ 251..=254, low] => -(i32::from(*first) - 251) * 256 - i32::from(*low) - 108,
        _ => return None,
    };
    Some(number)
}

/// Whether operands are the matrix of a font of 1,000 units an em, which is
/// also the default (#5176, table 9).
pub(super) fn is_default_matrix(operands: &[u8]) -> bool {
    let mut rest = operands;
    for expected in [0.001, 0.0, 0.0, 0.001, 0.0, 0.0] {
        let Some((first, after)) =
            operand_length(rest).and_then(|length| rest.split_at_checked(length))
        else {
            return false;
        };
        let value = match first {
            [30, nibbles @ ..] => real(nibbles),
            _ => integer(first).map(f64::from),
        };
        if value != Some(expected) {
            return false;
        }
        rest = after;
    }
    rest.is_empty()
}

/// The real number that nibbles spell.
fn real(nibbles: &[u8]) -> Option<f64> {
    let mut text = String::new();
    for nibble in nibbles.iter().flat_map(|byte| [byte >> 4, byte & 0x0F]) {
        match nibble {
            digit @ 0..=9 => text.push(char::from(b'0' + digit)),
            10 => text.push('.'),
            11 => text.push('e'),
            12 => text.push_str("e-"),
            14 => text.push('-'),
            15 => return text.parse().ok(),
            _ => return None,
        }
    }
    None
}

/// A DICT being written.
#[derive(Debug, Default)]
pub(super) struct DictWriter(Vec<u8>);

impl DictWriter {
    /// An operator with operands that are encoded already.
    pub(super) fn entry(&mut self, operator: u16, operands: &[u8]) {
        self.0.extend_from_slice(operands);
        if operator >= 0x0C00 {
            self.0.push(12);
        }
        self.0.push((operator & 0xFF) as u8);
    }

    /// An operator with whole numbers, each in the fewest bytes.
    pub(super) fn numbers(&mut self, operator: u16, numbers: &[u16]) {
        let mut operands = Vec::with_capacity(3 * numbers.len());
        for number in numbers {
            let [high, low] = number.to_be_bytes();
            match *number {
                0..=107 => operands.push(low + 139),
                108..=1131 => {
                    let [high, low] = (number - 108).to_be_bytes();
                    operands.extend_from_slice(&[high + 247, low]);
                }
                1132..=0x7FFF => operands.extend_from_slice(&[28, high, low]),
                0x8000.. => long(u32::from(*number), &mut operands),
            }
        }
        self.entry(operator, &operands);
    }

    /// An operator with offsets or lengths, in five bytes whatever they are,
    /// so that a DICT has its length before the offsets are known.
    pub(super) fn offsets(&mut self, operator: u16, offsets: &[u32]) {
        let mut operands = Vec::with_capacity(5 * offsets.len());
        for offset in offsets {
            long(*offset, &mut operands);
        }
        self.entry(operator, &operands);
    }

    /// The DICT.
    pub(super) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// A number in five bytes.
fn long(number: u32, out: &mut Vec<u8>) {
    out.push(29);
    out.extend_from_slice(&number.to_be_bytes());
}
