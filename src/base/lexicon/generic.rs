//! 通名: the nouns that end a name and say what it names (P16). 黄河大桥 is a
//! 大桥, and whoever reads 黄河 at the end of a line reads another name.

/// Generic nouns, sorted. Those that name other things as often as places and
/// bodies (中心, 世界, 关系) are left out.
#[rustfmt::skip]
static GENERICS: &[&str] = &[
    "中学", "交易所", "产业园", "人大", "人民政府", "俱乐部", "公司", "公园", "公安局", "公路",
    "共和国", "军区", "农场", "出版社", "剧场", "剧院", "办事处", "动物园", "医院", "半岛",
    "协会", "博物院", "博物馆", "卫视", "古城", "古镇", "合作社", "商会", "商场", "园区",
    "国际机场", "图书馆", "基金会", "大厦", "大学", "大桥", "大街", "大道", "委员会", "学会",
    "学校", "学院", "宾馆", "小区", "小学", "少年宫", "工业园", "常委会", "平原", "幼儿园",
    "广场", "开发区", "影院", "快速路", "总工会", "总队", "戏院", "技校", "报社", "支队", "政协",
    "政府", "文化宫", "文化馆", "日报", "时报", "晚报", "晨报", "景区", "机场", "林场",
    "检察院", "植物园", "步道", "水库", "水电站", "油田", "法院", "派出所", "流域", "海关",
    "海峡", "消防站", "渡口", "港口", "湿地", "火车站", "煤矿", "特区", "王国", "理事会", "电厂",
    "电台", "电站", "电视台", "盆地", "石窟", "码头", "研究会", "研究所", "研究院", "社区",
    "科学院", "科技馆", "立交桥", "管理局", "纪念碑", "纪念馆", "美术馆", "群岛", "老街", "联合会",
    "自治区", "自治县", "自治州", "航空公司", "草原", "街道", "议会", "车站", "运河",
    "通讯社", "遗址", "酒店", "铁路", "铁路局", "银行", "陵园", "隧道", "集团", "风景区", "饭店",
    "高原", "高架", "高速", "高速公路", "高铁",
];

/// Words that end names and are other words as often: 京雄高速, but 经济高速增长.
const AMBIGUOUS: [&str; 2] = ["学会", "高速"];

/// Nouns of persons: in front of a generic noun they are no name but act on it
/// (市民医院就诊), unlike 人民, 工人 and 儿童.
const PERSONS: &str = "市民 居民 村民 农民 牧民 渔民 网民 股民 灾民 难民 移民 公民 选民 孩子 学生 考生 新生 师生 \
    学员 患者 病人 老人 乘客 旅客 游客 顾客 读者 观众 听众 群众 大众 记者 作者 志愿者 消费者 业主 家长 司机 \
    员工 民警 民工 农民工 官兵 专家 代表 委员 干部 党员 男子 女子 男孩 女孩 夫妇 夫妻 球迷 车主 商户 住户";

/// Whether a word is a noun of persons that names no place or body.
pub fn is_person(word: &str) -> bool {
    PERSONS.split_whitespace().any(|person| person == word)
}

/// Whether a generic noun is another word as often.
pub fn is_ambiguous(word: &str) -> bool {
    AMBIGUOUS.contains(&word)
}

/// Whether two words together are one generic noun (高速|公路).
pub fn is_generic_pair(one: &str, two: &str) -> bool {
    GENERICS.binary_search(&&*format!("{one}{two}")).is_ok()
}

/// Whether a word says what the name before it is: a generic noun, or a longer
/// word that ends in one (长江大桥, 师范大学).
pub fn is_generic(word: &str) -> bool {
    let mut tails = word.char_indices().map(|(at, _)| &word[at..]);
    tails.any(|tail| GENERICS.binary_search(&tail).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(GENERICS.is_sorted());
    }

    #[test]
    fn p16_what_ends_a_name() {
        for word in ["大桥", "长江大桥", "师范大学", "委员会", "医院"] {
            assert!(is_generic(word), "{word}");
        }
        for word in ["", "长江", "大桥上", "桥", "学习", "中心"] {
            assert!(!is_generic(word), "{word}");
        }
    }
}
