//! Copy by chance: paragraphs of common characters and every mark.

use banxin::desk::planner::article::{
    Article, ArticleBlock, ArticleBlockKind, ArticleImage, Words,
};

use crate::dice::Dice;

const HAN: &str = "云溪镇的老街上百年茶铺掌柜把新采春摆台他说今多卖了三成还有客商从海赶来里合作社水田旱地近万亩笋干和民宿也气候轻人回村课堂亮起灯傍晚山雾慢散去最后一批背着竹篓下桥";
const MARKS: &[&str] = &[
    "，", "，", "，", "、", "；", "：“", "”，", "（", "）", "《", "》", "——", "……", "2026年",
    "GDP", "12.5%", " ",
];
const ENDS: &[&str] = &["。", "。", "？", "！", "。”", "……"];

/// An article of about so many characters, with so many pictures.
pub(crate) fn article(name: &str, characters: usize, pictures: usize, dice: &mut Dice) -> Article {
    let mut blocks = Vec::new();
    let mut left = characters;
    while left > 0 {
        if !blocks.is_empty() && dice.falls(8) {
            blocks.push(block(ArticleBlockKind::Subhead, han(dice, 6)));
        }
        let long = usize::from(dice.number(8, 140)).min(left.max(8));
        blocks.push(block(ArticleBlockKind::Paragraph, paragraph(dice, long)));
        left = left.saturating_sub(long);
    }
    let words = |text: String| Some(Words::new(text, None));
    Article {
        name: name.into(),
        title: words(han(dice, 7)),
        deck: dice.falls(30).then(|| han(dice, 12)).and_then(words),
        images: (0..pictures)
            .map(|_| ArticleImage {
                file: "photo.jpg".into(),
                caption: words("图片说明".into()),
                credit: words("某某 摄".into()),
                ..ArticleImage::default()
            })
            .collect(),
        blocks,
        ..Article::default()
    }
}

fn block(kind: ArticleBlockKind, text: String) -> ArticleBlock {
    ArticleBlock {
        kind,
        words: Words::new(text, None),
        inlines: Vec::new(),
        span: None,
    }
}

fn han(dice: &mut Dice, count: usize) -> String {
    let all: Vec<char> = HAN.chars().collect();
    (0..count).map(|_| *dice.pick(&all)).collect()
}

fn paragraph(dice: &mut Dice, characters: usize) -> String {
    let mut text = String::new();
    while text.chars().count() < characters {
        let run = usize::from(dice.number(2, 11));
        text.push_str(&han(dice, run));
        text.push_str(dice.pick::<&str>(MARKS));
    }
    text.push_str(&han(dice, 2));
    text.push_str(dice.pick::<&str>(ENDS));
    text
}
