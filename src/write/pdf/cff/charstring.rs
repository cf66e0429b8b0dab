//! Type 2 charstrings without their subroutines.

use super::Fault;
use super::index::Index;

/// How deep subroutines may call each other (#5177, appendix B).
const CALL_DEPTH: usize = 10;

/// How many bytes of charstrings and subroutines one subset may read. Sound
/// fonts of 65,535 glyphs stay far below; a damaged one, whose subroutines
/// call each other over and over, ends here.
pub(super) const WORK_LIMIT: usize = 1 << 27;

/// Bytes that may still be read.
#[derive(Debug)]
pub(super) struct Work(usize);

impl Default for Work {
    fn default() -> Self {
        Self(WORK_LIMIT)
    }
}

impl Work {
    /// Reads a piece of code; even an empty one counts.
    fn read(&mut self, code: &[u8]) -> Result<(), Fault> {
        let left = self.0.checked_sub(code.len() + 1);
        self.0 = left.ok_or(Fault::Damaged("subroutines call each other without end"))?;
        Ok(())
    }
}

/// The subroutines that a charstring may call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subroutines<'a> {
    pub(super) global: Index<'a>,
    pub(super) local: Index<'a>,
}

/// Appends a charstring to `out`, with every call replaced by what the
/// subroutine does.
///
/// Operators and numbers are not read but for their length: numbers are
/// counted, for pairs of them are the stems that tell the length of a hint
/// mask (#5177, section 4.3).
///
/// # Errors
///
/// [`Fault::Unsupported`] for arithmetic (#5177, sections 4.4 to 4.6), for an
/// accent built by `endchar` (appendix C), for a charstring without
/// `endchar`, and for a call whose number does not stand just before it;
/// [`Fault::Damaged`] where the code is not sound. `out` may then hold
/// part of the charstring.
pub(super) fn expand(
    code: &[u8],
    subroutines: Subroutines<'_>,
    work: &mut Work,
    out: &mut Vec<u8>,
) -> Result<(), Fault> {
    let mut expander = Expander {
        subroutines,
        operands: 0,
        stems: 0,
        work,
        out,
    };
    match expander.run(code, 0)? {
        End::Endchar => Ok(()),
        End::Return => Err(Fault::Unsupported("a charstring has no endchar")),
    }
}

/// How a piece of code ended.
enum End {
    /// It goes on where the code was called.
    Return,
    /// The glyph is done.
    Endchar,
}

struct Expander<'a, 'o> {
    subroutines: Subroutines<'a>,
    /// Numbers on the stack.
    operands: usize,
    stems: usize,
    work: &'o mut Work,
    out: &'o mut Vec<u8>,
}

impl<'a> Expander<'a, '_> {
    fn run(&mut self, code: &[u8], depth: usize) -> Result<End, Fault> {
        const CUT: Fault = Fault::Damaged("a charstring is cut short");
        self.work.read(code)?;
        // What is not copied yet begins here.
        let mut start = 0;
        // Where the number just before `at` begins.
        let mut number = None;
        let mut at = 0;
        while let Some(&byte) = code.get(at) {
            let length = match byte {
                32..=246 => 1,
                247..=254 => 2,
                28 => 3,
                255 => 5,
                _ => 0,
            };
            if length > 0 {
                self.operands += 1;
                number = Some(at);
                at += length;
                continue;
            }
            let operand = number.take();
            match byte {
                // Stems: hstem, vstem, hstemhm, vstemhm.
                1 | 3 | 18 | 23 => self.count_stems(),
                // Masks: hintmask, cntrmask. Numbers before one are stems.
                19 | 20 => {
                    self.count_stems();
                    at += self.stems.div_ceil(8);
                }
                // Paths: moves, lines and curves.
                4..=8 | 21 | 22 | 24..=27 | 30 | 31 => self.operands = 0,
                12 => {
                    at += 1;
                    match code.get(at).ok_or(CUT)? {
                        // hflex, flex, hflex1, flex1.
                        34..=37 => self.operands = 0,
                        _ => return Err(Fault::Unsupported("a charstring does arithmetic")),
                    }
                }
                // callsubr, callgsubr.
                10 | 29 => {
                    let operand = operand.ok_or(Fault::Unsupported(
                        "a subroutine's number does not stand before its call",
                    ))?;
                    self.out.extend_from_slice(&code[start..operand]);
                    self.operands -= 1;
                    let called = self.called(&code[operand..at], byte == 29)?;
                    if depth == CALL_DEPTH {
                        return Err(Fault::Damaged("subroutines are nested too deep"));
                    }
                    if let End::Endchar = self.run(called, depth + 1)? {
                        return Ok(End::Endchar);
                    }
                    start = at + 1;
                }
                // return.
                11 => {
                    self.out.extend_from_slice(&code[start..at]);
                    return Ok(End::Return);
                }
                14 if self.operands >= 4 => {
                    return Err(Fault::Unsupported("endchar builds an accented character"));
                }
                14 => {
                    self.out.extend_from_slice(&code[start..=at]);
                    return Ok(End::Endchar);
                }
                _ => return Err(Fault::Damaged("a charstring has an unknown operator")),
            }
            at += 1;
        }
        // A number or mask that leaves the code leaves `at` behind its end.
        if at > code.len() {
            return Err(CUT);
        }
        self.out.extend_from_slice(&code[start..]);
        Ok(End::Return)
    }

    fn count_stems(&mut self) {
        // An odd number is the width, before the first stems.
        self.stems += self.operands / 2;
        self.operands = 0;
    }

    /// The subroutine of a number as the charstring has it (#5176, section
    /// 16: less the bias).
    fn called(&self, operand: &[u8], global: bool) -> Result<&'a [u8], Fault> {
        let index = if global {
            self.subroutines.global
        } else {
            self.subroutines.local
        };
        let bias = match index.len() {
            ..1240 => 107,
            1240..33900 => 1131,
            _ => 32768,
        };
        let number = match *operand {
            [byte @ 32..=246] => i32::from(byte) - 139,
            [byte @ 247..=250, low] => (i32::from(byte) - 247) * 256 + i32::from(low) + 108,
            [byte @ 251..=254, low] => -(i32::from(byte) - 251) * 256 - i32::from(low) - 108,
            [28, high, low] => i32::from(i16::from_be_bytes([high, low])),
            _ => return Err(Fault::Unsupported("a subroutine's number is a fraction")),
        };
        usize::try_from(number + bias)
            .ok()
            .and_then(|number| index.get(number))
            .ok_or(Fault::Damaged("a charstring calls a missing subroutine"))
    }
}
