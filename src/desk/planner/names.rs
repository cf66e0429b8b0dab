//! 署名: names of two characters as wide as those of three (N37).
//!
//! The white is a [`Cast`], beside the characters: the text, and with it what
//! a reader takes out of the PDF, stays as it was typed.

use std::ops::Range;
use std::sync::Arc;

use crate::base::clreq::{Class, class_of};
use crate::base::geom::Length;
use crate::story::{Cast, CastFill, DropCap, Paragraph};

/// What stands before or behind a name and is none: work, posts, the paper.
const WORK: &[&str] = &[
    "本报",
    "本刊",
    "记者",
    "通讯员",
    "作者",
    "编辑",
    "责编",
    "主编",
    "编译",
    "翻译",
    "实习",
    "实习生",
    "见习",
    "特约",
    "特派",
    "撰稿",
    "供图",
    "摄影",
    "摄制",
    "撰文",
    "采写",
    "报道",
    "供稿",
    "整理",
    "综合",
    "统筹",
    "策划",
    "制图",
    "绘图",
    "漫画",
    "图片",
    "文字",
    "评论员",
    "集体",
];

/// A paragraph whose names of two characters, looked for in `within`, are
/// spread over three em of its size; a space typed between such a name and
/// another is an em and a half then, wider than what is inside it. Ranges outside the
/// text hold none.
pub(super) fn even(paragraph: Paragraph, within: &[Range<u32>]) -> Paragraph {
    let em = paragraph.style.size;
    let text = &paragraph.text;
    let mut casts: Vec<Cast> = paragraph.style.casts.to_vec();
    let known = casts.len();
    for range in within {
        let names = names(text, range.start as usize..range.end as usize);
        for (nth, name) in names.iter().enumerate() {
            if is_short(&text[name.clone()]) {
                casts.push(cast(name, em * 3, CastFill::Even));
            }
            let Some(next) = names.get(nth + 1) else {
                continue;
            };
            let pair = [name, next];
            let spread = pair.iter().any(|name| is_short(&text[(*name).clone()]));
            if spread && &text[name.end..next.start] == " " {
                casts.push(cast(&(name.end..next.start), em * 3 / 2, CastFill::Behind));
            }
        }
    }
    if casts.len() == known {
        return paragraph;
    }
    casts.sort_by_key(|cast| cast.range.start);
    with_casts(paragraph, casts)
}

fn cast(range: &Range<usize>, width: Length, fill: CastFill) -> Cast {
    Cast {
        range: offset(range.start)..offset(range.end),
        width,
        fill,
    }
}

/// The same in what stands beside a large first character: `whole` is the
/// paragraph that it was taken from (P27).
pub(super) fn follow(drop_cap: &mut DropCap, whole: &Paragraph) {
    let cut = whole.text.len().saturating_sub(drop_cap.rest.text.len());
    let cut = u32::try_from(cut).unwrap_or(u32::MAX);
    let moved = whole.style.casts.iter().filter_map(|cast| {
        let start = cast.range.start.checked_sub(cut)?;
        Some(Cast {
            range: start..cast.range.end - cut,
            ..cast.clone()
        })
    });
    let casts: Vec<Cast> = moved.collect();
    if !casts.is_empty() {
        drop_cap.rest = with_casts(drop_cap.rest.clone(), casts);
    }
}

fn with_casts(mut paragraph: Paragraph, casts: Vec<Cast>) -> Paragraph {
    Arc::make_mut(&mut paragraph.style).casts = casts.into();
    paragraph
}

fn is_short(name: &str) -> bool {
    name.chars().count() == 2
}

/// The names of two to four characters in a stretch of a text.
fn names(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let Some(stretch) = text.get(within.clone()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut start = None;
    let mut word = |word: Range<usize>| {
        let bare = bare(&stretch[word.clone()]);
        let han = |c: char| class_of(c) == Class::Han;
        let long = (2..=4).contains(&bare.chars().count());
        if long && bare.chars().all(han) && !WORK.contains(&bare) {
            let end = within.start + word.end;
            found.push(end - bare.len()..end);
        }
    };
    for (at, c) in stretch.char_indices() {
        // everything but characters parts words
        if class_of(c) == Class::Han || c.is_alphanumeric() {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            word(start..at);
        }
    }
    if let Some(start) = start {
        word(start..stretch.len());
    }
    found
}

/// A word without the posts that stand right before a name: 记者张三.
fn bare(mut word: &str) -> &str {
    while let Some(rest) = WORK.iter().find_map(|work| word.strip_prefix(work)) {
        if rest.is_empty() {
            break;
        }
        word = rest;
    }
    word
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let found = names(text, 0..text.len()).into_iter();
        found
            .map(|range| &text[range])
            .filter(|name| is_short(name))
            .collect()
    }

    #[test]
    fn n37_names_of_two_characters_are_told_from_posts() {
        assert_eq!(found("本报记者 张三 欧阳山"), ["张三"]);
        assert_eq!(
            found("记者张三、李四　通讯员 王五"),
            ["张三", "李四", "王五"]
        );
        assert_eq!(found("文/张三 图/本报 李四"), ["张三", "李四"]);
        assert_eq!(found("特约撰稿 本报评论员"), [""; 0]);
        assert_eq!(found("Li Wen 欧阳山"), [""; 0]);
    }
}
