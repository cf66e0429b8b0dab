//! Units of measure: what a number is not parted from (L14, L15).

use super::turn::is_measure;

/// Symbols that are units in Western text too, where any short word may stand
/// behind a number.
static SYMBOLS: &[&str] = &[
    "A", "GB", "GHz", "GW", "Hz", "J", "K", "KB", "L", "MB", "MHz", "MPa", "MW", "Pa", "TB", "V",
    "W", "bn", "cm", "dB", "eV", "ft", "g", "h", "ha", "hPa", "in", "kB", "kHz", "kJ", "kPa", "kV",
    "kW", "kWh", "kg", "km", "l", "lb", "lx", "m", "mA", "mL", "mg", "min", "ml", "mm", "mol",
    "mph", "ms", "nm", "oz", "pm", "am", "pt", "px", "s", "t", "yd", "Ω", "μg", "μm",
];

/// Han units of more than one character. Those of one are the measure words
/// of [`is_measure`].
static WORDS: &[&str] = &[
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "公里",
    "公斤",
    "公顷",
    "公分",
    "千米",
    "千克",
    "千瓦时",
    "千瓦",
    "兆瓦",
    "毫米",
    "毫升",
    "毫克",
    "厘米",
    "分钟",
    "小时",
    "时许",
    "周年",
    "周岁",
    "年代",
    "年度",
    "年级",
    "月份",
    "个月",
    "世纪",
    "人次",
    "摄氏度",
    "海里",
    "英里",
    "英尺",
    "英寸",
    "美元",
    "欧元",
    "英镑",
    "日元",
    "港元",
    "加仑",
];

/// Whether a word is the symbol of a unit; of a compound (`km/h`) its first
/// part is looked at.
pub fn is_symbol(word: &str) -> bool {
    let first = word.split(['/', '·']).next().unwrap_or(word);
    let plain = first.trim_end_matches(['²', '³', '⁻', '¹']);
    SYMBOLS.contains(&plain)
}

/// A Han numeral or word of quantity between a figure and its unit: 3万元,
/// 20多年.
pub fn is_multiplier(character: char) -> bool {
    matches!(
        character,
        '十' | '百' | '千' | '万' | '亿' | '多' | '余' | '几'
    )
}

/// How many characters at the start of a text are a Han unit; 0 for none.
pub fn han_unit(text: &str) -> usize {
    let words = WORDS.iter().filter(|word| text.starts_with(**word));
    let longest = words.map(|word| word.chars().count()).max();
    let single = || usize::from(text.chars().next().is_some_and(is_measure));
    longest.unwrap_or_else(single)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l15_the_longest_unit_is_taken() {
        assert_eq!(han_unit("平方公里的"), 4);
        assert_eq!(han_unit("年度计划"), 2);
        assert_eq!(han_unit("年春天"), 1);
        assert_eq!(han_unit("中国"), 0);
    }

    #[test]
    fn l14_symbols_of_compound_units() {
        assert!(is_symbol("km/h") && is_symbol("m²") && is_symbol("kg"));
        assert!(!is_symbol("the") && !is_symbol("Pro"));
    }
}
