//! 注码: the marks of notes (P19).

/// The mark of a note: ①–⑳, ㉑–㊿, from there on in brackets, （51）.
pub(super) fn note_mark(number: u32) -> String {
    let circled = match number {
        1..=20 => char::from_u32(0x2460 + number - 1),
        21..=35 => char::from_u32(0x3251 + number - 21),
        36..=50 => char::from_u32(0x32B1 + number - 36),
        _ => None,
    };
    circled.map_or_else(|| format!("（{number}）"), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p19_marks_are_circled_up_to_fifty() {
        let marks: Vec<String> = [1, 20, 21, 35, 36, 50, 51].map(note_mark).into();
        assert_eq!(marks, ["①", "⑳", "㉑", "㉟", "㊱", "㊿", "（51）"]);
    }
}
