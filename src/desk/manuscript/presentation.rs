//! V10: the presentation forms of vertical marks, which old files and some
//! input methods type, are the ordinary marks: the setting turns them.

/// The ordinary character of a presentation form for vertical text
/// (`clreq#id80`, note; Unicode blocks FE10–FE19 and FE30–FE48).
pub(super) fn ordinary(form: char) -> Option<&'static str> {
    Some(match form {
        '︐' => "，",
        '︑' => "、",
        '︒' => "。",
        '︓' => "：",
        '︔' => "；",
        '︕' => "！",
        '︖' => "？",
        '︗' => "〖",
        '︘' => "〗",
        // three dots and two dots in one frame: half an ellipsis, doubled
        '︙' | '︰' => "……",
        '︱' => "—",
        '︲' => "–",
        '︵' => "（",
        '︶' => "）",
        '︷' => "｛",
        '︸' => "｝",
        '︹' => "〔",
        '︺' => "〕",
        '︻' => "【",
        '︼' => "】",
        '︽' => "《",
        '︾' => "》",
        '︿' => "〈",
        '﹀' => "〉",
        '﹁' => "「",
        '﹂' => "」",
        '﹃' => "『",
        '﹄' => "』",
        '﹇' => "［",
        '﹈' => "］",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v10_presentation_forms_are_ordinary_marks() {
        let mapped = |text: &str| text.chars().filter_map(ordinary).collect::<String>();
        assert_eq!(mapped("︽甲︾"), "《》");
        assert_eq!(mapped("﹁﹂﹃﹄︵︶"), "「」『』（）");
        // the marks between the lines are none (T23)
        assert_eq!(mapped("︳︴﹏"), "");
    }
}
