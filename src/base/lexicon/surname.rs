//! 姓: the family names that a headline's personal names begin with (P16).

/// Common family names of one character, those left out that stand as words
/// of their own as often (高, 方, 任, 何).
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱林郭罗梁宋郑谢韩唐冯董萧程曹袁邓傅沈彭吕苏卢蒋蔡\
    贾丁魏薛阎潘杜戴姜范姚谭廖邹陆郝孔崔邱秦顾侯邵孟尹黎乔贺赖龚肖阮翟詹倪樊葛裴焦管庞邢尤柯\
    毕俞聂岳卞";

/// Whether a character may be a family name.
pub fn is_surname(character: char) -> bool {
    SURNAMES.contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p16_family_names_are_told_from_words() {
        assert!("王龚肖".chars().all(is_surname));
        assert!(!"高方是，A".chars().any(is_surname));
    }
}
