//! The door to `simplet2s`: Traditional and Japanese forms in a page of
//! Simplified Chinese (E14). Told with the form to use, never changed: names
//! and quotations may want them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::finding::Finding;
use super::passage::{Passage, is_han};
use super::rule::SCRIPT;
use crate::base::font::GB2312_HAN;

/// Characters of GB/T 2312 are at home in a mainland page, but for these,
/// which it holds for names alone.
const HELD: &str = "後於麽菸";

/// What stands before and after 於 where it is right: 樊於期, 於菟, 於潜, 於陵.
const NAMED: &[(&str, &str)] = &[("樊", "期"), ("", "菟"), ("", "潜"), ("", "陵")];

/// Forms that the mainland's table of standard characters took up again for
/// names of people and places.
const NAMES: &str = "昇甦氾迺鉅祇濛劄";

/// Forms of Japan that Chinese never had, each before the Simplified one.
const JAPANESE: &str = "発发 図图 経经 読读 対对 売卖 変变 県县 検检 験验 険险 剣剑 権权 観观 歓欢 勧劝 \
    総总 続续 絵绘 継继 済济 剤剂 斎斋 帰归 児儿 気气 円圆 駅驿 広广 銭钱 戦战 単单 \
    弾弹 桜樱 楽乐 薬药 栄荣 労劳 営营 覚觉 実实 乗乘 剰剩 縄绳 蔵藏 臓脏 挙举 訳译 \
    沢泽 択择 歯齿 齢龄 両两 満满 悪恶 亜亚 圧压 囲围 応应 仮假 価价 壊坏 懐怀 拡扩 \
    陥陷 巻卷 顔颜 亀龟 犠牺 拠据 暁晓 勲勋 恵惠 掲揭 渓溪 蛍萤 軽轻 鶏鸡 倹俭 圏圈 \
    顕显 厳严 効效 鉱矿 砕碎 雑杂 賛赞 釈释 収收 従从 渋涩 獣兽 縦纵 粛肃 処处 奨奖 \
    焼烧 畳叠 嬢娘 譲让 醸酿 粋粹 酔醉 穂穗 髄髓 瀬濑 斉齐 摂摄 専专 繊纤 捜搜 挿插 \
    巣巢 荘庄 騒骚 増增 滝泷 団团 遅迟 鋳铸 庁厅 聴听 逓递 転转 伝传 闘斗 徳德 弐贰 \
    悩恼 脳脑 廃废 拝拜 髪发 抜拔 払拂 仏佛 辺边 豊丰 毎每 黙默 揺摇 様样 頼赖 竜龙 \
    猟猎 塁垒 霊灵 暦历 歴历 錬炼";

static AT_HOME: LazyLock<BTreeSet<char>> =
    LazyLock::new(|| GB2312_HAN.chars().chain(NAMES.chars()).collect());

pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    let mut at = 0;
    while at < passage.len() {
        let end = passage.run(at, is_han);
        if end == at {
            at += 1;
            continue;
        }
        if (at..end).any(|at| is_foreign(passage.at(at))) {
            words(passage, at, end, out);
        }
        at = end;
    }
}

fn is_foreign(c: char) -> bool {
    HELD.contains(c) || !AT_HOME.contains(&c)
}

/// The foreign forms of a run of Han, neighbours in one finding.
fn words(passage: &Passage<'_>, start: usize, end: usize, out: &mut Vec<Finding>) {
    let typed: String = passage.chars[start..end].iter().collect();
    let simple: Vec<char> = simplet2s::convert(&typed).chars().collect();
    let form = |at: usize| -> Option<char> {
        let c = passage.at(at);
        let name = c == '於'
            && NAMED
                .iter()
                .any(|&(before, after)| passage.ends(at, before) && passage.has(at + 1, after));
        if name || !is_foreign(c) {
            return None;
        }
        let japanese = JAPANESE.split(' ').find_map(|pair| pair.strip_prefix(c));
        let simple = match japanese {
            Some(simple) => simple.chars().next(),
            None => simple.get(at - start).copied(),
        };
        simple.filter(|&simple| simple != c)
    };
    let mut at = start;
    while at < end {
        let to: String = (at..end).map_while(form).collect();
        let stop = at + to.chars().count();
        if stop > at {
            let shown = passage.slice(&(at..stop));
            let finding = Finding::new(
                &SCRIPT,
                passage,
                at..stop,
                format!("“{shown}”不是规范字"),
                format!("\"{shown}\" is not in Simplified characters"),
            );
            out.push(finding.help(
                format!("如非人名、引文有意保留，改作“{to}”"),
                format!("write \"{to}\", unless a name or a quotation wants it"),
            ));
        }
        at = stop.max(at + 1);
    }
}
