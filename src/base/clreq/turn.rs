//! 标题转行: which characters hold a turned line together (P16).

/// Particles that belong to the word before them and never begin a line of a
/// headline (P16).
pub fn is_particle(character: char) -> bool {
    matches!(
        character,
        '的' | '地' | '得' | '了' | '着' | '过' | '们' | '吗' | '呢'
    )
}

/// Han numerals and the words that join them into numbers.
pub fn is_numeral(character: char) -> bool {
    matches!(
        character,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
            | '亿'
            | '两'
            | '几'
            | '数'
            | '半'
            | '第'
    )
}

/// Units and measure words (量词): what a number is not parted from in a
/// headline (P16, and L15, whose glue list is on there).
pub fn is_measure(character: char) -> bool {
    const MEASURES: &str = "年月日时分秒天周岁期届次版篇章节段句行本册张页块元角钱亩\
                            户家所栋层楼间号路条座处项件个位名人口种类级度倍成点\
                            米里吨克斤公厘毫升台辆架艘列只头匹棵株朵片把根支枚颗\
                            粒滴轮场批组队双对套份幅卷趟遍回站代市县镇村";
    MEASURES.contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p16_the_particles_are_those_of_the_row() {
        assert!("的地得了着过们吗呢".chars().all(is_particle));
        assert!(!"新在和".chars().any(is_particle));
    }

    #[test]
    fn p16_numbers_and_their_units() {
        assert!("三十四第〇".chars().all(is_numeral));
        assert!(
            "年月日万亿元个趟户"
                .chars()
                .all(|c| is_measure(c) || is_numeral(c))
        );
        assert!(!"的，A".chars().any(|c| is_measure(c) || is_numeral(c)));
    }
}
