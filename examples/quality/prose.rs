//! Newspaper prose by a grammar: the same text for the same seed, rich in what
//! makes Chinese lines hard to break. The town and its people are invented.

/// The generator `SplitMix64`.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.roll() % count.max(1) as u64).unwrap_or(0)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const WHO: &[&str] = &[
    "云溪市住建局",
    "市交通运输局",
    "滨河街道办事处",
    "青石镇政府",
    "市图书馆",
    "县人民医院",
    "本报记者",
    "一位老住户",
    "志愿者",
    "市气象台",
    "云溪一中",
    "供电公司",
    "环卫工人",
    "社区书记",
    "货车司机老周",
    "大学生村官",
    "菜农",
    "市统计局",
    "项目负责人",
    "评审专家",
];
const NAMES: &[&str] = &[
    "张三",
    "欧阳山",
    "李秀英",
    "王建国",
    "陈晓",
    "卡尔·林德",
    "安娜·贝克",
    "周立",
    "何青",
    "司马云",
];
const WHERE: &[&str] = &[
    "老城区",
    "滨河路",
    "东门桥头",
    "云溪河西岸",
    "火车站广场",
    "城南批发市场",
    "青石镇柳树村",
    "开发区三号厂房",
    "市文化宫",
    "北山水库",
];
const WHAT: &[&str] = &[
    "旧城改造",
    "公交线路调整",
    "雨污分流",
    "春季植树",
    "夜间施工",
    "粮食收购",
    "图书漂流",
    "老年食堂",
    "智能电表更换",
    "河道清淤",
    "非遗展演",
    "义务教育招生",
    "高标准农田建设",
    "快递进村",
];
const DID: &[&str] = &[
    "已经完工",
    "全面启动",
    "进入收尾阶段",
    "比原计划提前",
    "受到居民欢迎",
    "仍在推进",
    "将于下月验收",
    "引起了不小的讨论",
    "让过去的老路焕然一新",
    "带动了周边的生意",
];
const SAID: &[&str] = &["说", "表示", "告诉记者", "坦言", "回忆道", "介绍说", "解释"];
const QUOTES: &[&str] = &[
    "路修好了，孩子上学再也不用绕远",
    "我们不怕慢，就怕停",
    "以前一下雨就‘看海’，现在好多了",
    "这笔账要一笔一笔算清楚",
    "老房子有老房子的味道，不能一拆了之",
    "谁家有难处，大家都搭把手",
    "下一步怎么走，还得听大家的",
    "‘最后一公里’往往最难",
    "能省一度是一度",
    "明年这时候你再来看",
];
const WORKS: &[&str] = &[
    "《云溪县志》",
    "《城市更新条例》",
    "《关于加强河道管理的意见》",
    "《青石镇的早晨》",
    "《读〈野草〉》",
];
const LATIN: &[&str] = &[
    "GDP", "5G", "AI", "CT", "LED", "PM2.5", "App", "Wi-Fi", "BRT", "ISO 9001", "C919", "e-bike",
];
const ASIDES: &[&str] = &[
    "（见第3版）",
    "（记者注：原址为纺织厂）",
    "（含地下停车位）",
    "（周一闭馆）",
    "（不计利息）",
    "（下同）",
    "（国发〔2024〕12号）",
];
const LINKS: &[&str] = &[
    "与此同时，",
    "不过，",
    "据介绍，",
    "记者了解到，",
    "另一方面，",
    "截至目前，",
    "更重要的是，",
    "为此，",
    "",
    "",
    "",
    "",
];
const TAILS: &[&str] = &[
    "一年四季，风雨无阻。",
    "账本摊在桌上，一目了然。",
    "答案其实不难找。",
    "变化就在身边。",
    "大家都看在眼里，记在心上。",
    "这条路还很长……",
    "问题出在哪里？",
    "真是没想到！",
    "桥还是那座桥——人却来了一茬又一茬。",
    "看病、上学、买菜，样样方便。",
];

fn number(dice: &mut Dice) -> String {
    let n = dice.below(9000) + 11;
    match dice.below(9) {
        0 => format!("{}.{}万元", n % 90 + 1, n % 9 + 1),
        1 => format!("{}%", n % 100),
        2 => format!("{}.{}%", n % 40, n % 10),
        3 => format!("{},{:03}人次", n % 90 + 1, n),
        4 => format!("{}～{}天", n % 9 + 1, n % 9 + 12),
        5 => format!("{}公里", n % 300),
        6 => format!("{}户", n),
        7 => format!("{}吨", n % 1000),
        _ => format!("{}m²", n),
    }
}

fn date(dice: &mut Dice) -> String {
    let (month, day) = (dice.below(12) + 1, dice.below(28) + 1);
    match dice.below(4) {
        0 => format!("2026年{month}月{day}日"),
        1 => format!(
            "{month}月{day}日上午{}:{:02}",
            dice.below(4) + 8,
            dice.below(60)
        ),
        2 => format!("{}—{}年间", 1990 + dice.below(20), 2011 + dice.below(15)),
        _ => format!("{month}月{day}日"),
    }
}

fn clause(dice: &mut Dice) -> String {
    let (who, place, what) = (dice.pick(WHO), dice.pick(WHERE), dice.pick(WHAT));
    let did = dice.pick(DID);
    match dice.below(8) {
        0 => format!("{place}的{what}{did}"),
        1 => format!("{who}在{place}查看了{what}的进度"),
        2 => format!("投入{}用于{what}", number(dice)),
        3 => format!("{what}惠及居民{}", number(dice)),
        4 => format!("同比增长{}", number(dice)),
        5 => format!("按照{}的要求，{place}{did}", dice.pick(WORKS)),
        6 => format!("新装的{}设备覆盖{place}", dice.pick(LATIN)),
        _ => format!(
            "{place}、{}和{}先后{did}",
            dice.pick(WHERE),
            dice.pick(WHERE)
        ),
    }
}

fn sentence(dice: &mut Dice) -> String {
    let link = dice.pick(LINKS);
    match dice.below(12) {
        0 | 1 => format!("{link}{}，{}。", clause(dice), clause(dice)),
        2 => format!(
            "{link}{}，{}，{}。",
            clause(dice),
            clause(dice),
            clause(dice)
        ),
        3 => {
            let (name, said, quote) = (dice.pick(NAMES), dice.pick(SAID), dice.pick(QUOTES));
            format!("{}{name}{said}：“{quote}。”", dice.pick(WHO))
        }
        4 => format!(
            "“{}，”{}{}，“{}。”",
            dice.pick(QUOTES),
            dice.pick(NAMES),
            dice.pick(SAID),
            dice.pick(QUOTES)
        ),
        5 => format!("{}，{}{}。", date(dice), clause(dice), dice.pick(ASIDES)),
        6 => format!(
            "{link}{}——{}；{}。",
            clause(dice),
            clause(dice),
            clause(dice)
        ),
        7 => format!(
            "从{}到{}，从“{}”到“{}”，{}。",
            number(dice),
            number(dice),
            dice.pick(WHAT),
            dice.pick(WHAT),
            clause(dice)
        ),
        8 => dice.pick(TAILS).to_owned(),
        9 => format!(
            "{link}{}（{}）{}，电话010-{:08}。",
            dice.pick(WHAT),
            dice.pick(LATIN),
            dice.pick(DID),
            dice.below(100_000_000)
        ),
        10 => format!(
            "{}{}以来，{}的比例由{}升至{}。",
            link,
            date(dice),
            dice.pick(WHAT),
            number(dice),
            number(dice)
        ),
        _ => format!(
            "{link}{}：一是{}；二是{}；三是{}。",
            clause(dice),
            clause(dice),
            clause(dice),
            clause(dice)
        ),
    }
}

/// Paragraphs, one a line, of `characters` in all or a little more.
pub(crate) fn generate(seed: u64, characters: usize) -> String {
    let mut dice = Dice(seed);
    let mut text = String::new();
    let mut count = 0;
    while count < characters {
        let mut paragraph = String::new();
        for _ in 0..=dice.below(5) {
            paragraph.push_str(&sentence(&mut dice));
        }
        count += paragraph.chars().count();
        text.push_str(&paragraph);
        text.push('\n');
    }
    text
}
