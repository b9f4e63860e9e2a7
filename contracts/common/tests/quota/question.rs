//! An entry is refused by the first cap that it would exceed, and by no other.

use emetis_common::account::Account;
use emetis_common::quota::figures::Figures;
use emetis_common::quota::limits::Limits;
use emetis_common::quota::question::{Kind, Question, Refusal, Room};
use emetis_common::staking::{LIMIT, METIS};
use proptest::prelude::*;

use super::amounts::{amount, bps, exact, near, ratio, whole};
use super::caps::{limits, of_pool, stakes};

const POOL: [u8; 20] = [7; 20];

/// The caps by the rules in words, in the order of the checks: what kind, stake, cap.
fn rules(question: &Question, fourth: u128) -> Vec<(Kind, u128, u128)> {
    let Question { figures, limits, composite, grant } = question;
    let part = |amount, bps: u64| whole(&(exact(amount) * ratio(bps.into(), 10_000)).floor());
    let total = figures.total_stake;
    let range = figures.max_lock.saturating_sub(figures.activation_threshold);
    let cap = figures.activation_threshold + part(range, *composite);
    let group = part(total, limits.operator_share_bps).max(limits.operator_floor);
    let mut rules = vec![
        (Kind::Sequencer, figures.sequencer_stake, cap),
        (Kind::Group, figures.group_stake, group),
    ];
    if figures.pool == Account::ZERO {
        let direct = part(total, limits.direct_share_bps).max(limits.operator_floor);
        let in_one = part(cap, limits.direct_share_bps);
        rules.push((Kind::SequencerDirect, figures.sequencer_direct, in_one));
        rules.push((Kind::Direct, figures.direct_stake, direct));
    } else {
        rules.push((Kind::Pool, figures.pool_stake, of_pool(total, fourth, limits)));
        rules.push((Kind::Pair, figures.pair_stake, *grant));
    }
    rules
}

fn kind_of(refusal: Refusal) -> (Kind, u128, u128) {
    match refusal {
        Refusal::SequencerFull { stake, cap } => (Kind::Sequencer, stake, cap),
        Refusal::GroupFull { stake, cap } => (Kind::Group, stake, cap),
        Refusal::PoolFull { stake, cap } => (Kind::Pool, stake, cap),
        Refusal::GrantExceeded { stake, cap } => (Kind::Pair, stake, cap),
        Refusal::SequencerDirectFull { stake, cap } => (Kind::SequencerDirect, stake, cap),
        Refusal::DirectFull { stake, cap } => (Kind::Direct, stake, cap),
    }
}

/// A question whose stakes are often next to their caps, and the stake of the fourth pool.
fn question() -> impl Strategy<Value = (Question, u128)> {
    let base = limits().prop_flat_map(|limits| (Just(limits), stakes(&limits)));
    let base = (base, bps(), amount(), (amount(), amount()), any::<bool>());
    base.prop_flat_map(|((limits, (total, fourth)), composite, grant, (a, b), pooled)| {
        let pool = if pooled { Account::new(POOL.into()) } else { Account::ZERO };
        let figures = Figures {
            pool,
            total_stake: total,
            activation_threshold: a.min(b),
            max_lock: a.max(b),
            ..Figures::default()
        };
        let empty = Question { figures, limits, composite, grant };
        let caps: Vec<u128> = rules(&empty, fourth).iter().map(|rule| rule.2).collect();
        let stake = |cap: u128| prop_oneof![3 => 0..=cap, 1 => near(vec![cap]), 1 => amount()];
        let stakes = (stake(caps[0]), stake(caps[1]), stake(caps[2]), stake(caps[3]));
        stakes.prop_map(move |(sequencer, group, third, last)| {
            let figures = Figures {
                sequencer_stake: sequencer,
                group_stake: group,
                sequencer_direct: third,
                pool_stake: third,
                pair_stake: last,
                direct_stake: last,
                ..figures
            };
            (Question { figures, ..empty }, fourth)
        })
    })
}

/// A question, the fourth pool's stake, and an amount that is often next to the room.
fn entry() -> impl Strategy<Value = (Question, u128)> {
    question().prop_flat_map(|(question, fourth)| {
        let rooms = rules(&question, fourth).into_iter();
        let mut edges: Vec<u128> = rooms.map(|(_, stake, cap)| cap.saturating_sub(stake)).collect();
        edges.extend([0, LIMIT]);
        prop_oneof![near(edges), amount()].prop_map(move |assets| {
            let figures = Figures { assets, ..question.figures };
            (Question { figures, ..question }, fourth)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn the_first_cap_that_is_exceeded_refuses((question, fourth) in entry()) {
        let assets = question.figures.assets;
        let broken = rules(&question, fourth)
            .into_iter()
            .find(|(_, stake, cap)| assets > 0 && stake + assets > *cap)
            .map(|(kind, stake, cap)| (kind, stake + assets, cap));

        prop_assert_eq!(question.check(fourth).err().map(kind_of), broken);
    }

    #[test]
    fn room_is_the_least_and_exactly_what_is_accepted((question, fourth) in question()) {
        let rooms = rules(&question, fourth).into_iter();
        let (kind, assets) = rooms
            .map(|(kind, stake, cap)| (kind, cap.saturating_sub(stake)))
            .min_by_key(|(_, room)| *room)
            .unwrap();
        let with = |assets| {
            let figures = Figures { assets, ..question.figures };
            Question { figures, ..question }.check(fourth)
        };

        prop_assert_eq!(question.room(fourth), Room { assets, kind });
        prop_assert_eq!(with(assets), Ok(()));
        prop_assert!(with(assets + 1).is_err());
    }

    #[test]
    fn the_fourth_pool_is_looked_up_only_if_it_decides(
        (question, fourth) in entry(),
        other in amount(),
    ) {
        if !question.needs_fourth() {
            prop_assert_eq!(question.check(other), question.check(fourth));
        }
        prop_assert!(question.figures.is_pooled() || !question.needs_fourth());
    }

    #[test]
    fn a_wei_anywhere_moves_no_cap_by_more_than_a_wei((question, fourth) in entry()) {
        let caps = |figures: Figures, fourth| Question { figures, ..question }.caps(fourth);
        let before = caps(question.figures, fourth);
        let of = |change: fn(&mut Figures)| {
            let mut figures = question.figures;
            change(&mut figures);
            figures
        };
        let all = |figures: &mut Figures| {
            figures.sequencer_stake += 1;
            figures.group_stake += 1;
            figures.pool_stake += 1;
            figures.pair_stake += 1;
            figures.total_stake += 1;
        };
        let changed = [
            of(|figures| figures.assets += 1),
            of(|figures| figures.sequencer_stake += 1),
            of(|figures| figures.sequencer_bond += 1),
            of(|figures| figures.sequencer_direct += 1),
            of(|figures| figures.group_stake += 1),
            of(|figures| figures.pool_stake += 1),
            of(|figures| figures.pair_stake += 1),
            of(|figures| figures.direct_stake += 1),
            of(|figures| figures.total_stake += 1),
            of(|figures| figures.activation_threshold += 1),
            of(|figures| figures.max_lock += 1),
            of(all),
        ];

        for figures in changed {
            for in_fourth in [0, 1] {
                for (before, after) in before.iter().zip(caps(figures, fourth + in_fourth)) {
                    prop_assert!(before.cap.abs_diff(after.cap) <= 1);
                    prop_assert!(before.room().abs_diff(after.room()) <= 2);
                }
            }
        }
    }

    #[test]
    fn an_excess_stays_and_stops_growth((question, fourth) in question()) {
        let nothing = Question { figures: Figures { assets: 0, ..question.figures }, ..question };
        let a_wei = Question { figures: Figures { assets: 1, ..question.figures }, ..question };
        let is_above = rules(&question, fourth).iter().any(|(_, stake, cap)| stake >= cap);

        prop_assert_eq!(nothing.check(fourth), Ok(()));
        prop_assert_eq!(a_wei.check(fourth).is_err(), is_above);
    }

    #[test]
    fn no_figure_overflows(amounts: [u128; 12], composite: u64, grant: u128, fourth: u128) {
        let [assets, stake, bond, direct, group, pool, pair, directs, total, a, b, _] = amounts;
        let figures = Figures {
            pool: Account::new(POOL.into()),
            assets,
            sequencer_stake: stake,
            sequencer_bond: bond,
            sequencer_direct: direct,
            group_stake: group,
            pool_stake: pool,
            pair_stake: pair,
            direct_stake: directs,
            total_stake: total,
            activation_threshold: a,
            max_lock: b,
            ..Figures::default()
        };
        for figures in [figures, Figures { pool: Account::ZERO, ..figures }] {
            let question = Question { figures, limits: Limits::default(), composite, grant };

            let accepts = assets <= question.room(fourth).assets;

            prop_assert_eq!(question.check(fourth).is_ok(), accepts);
        }
    }
}

/// A question with room everywhere but under one cap.
fn tight(kind: Kind, room: u128) -> Question {
    let pooled = matches!(kind, Kind::Pool | Kind::Pair);
    let all = 10_000_000 * METIS;
    let mut figures = Figures {
        pool: if pooled { Account::new(POOL.into()) } else { Account::ZERO },
        activation_threshold: all,
        max_lock: all,
        ..Figures::default()
    };
    let limits =
        Limits { operator_floor: all, pool_floor: all, pool_cap: all, ..Limits::default() };
    let full = |cap: u128| cap - room;
    let mut grant = all;
    match kind {
        Kind::Sequencer => figures.sequencer_stake = full(all),
        Kind::Group => figures.group_stake = full(all),
        Kind::Pool => figures.pool_stake = full(all),
        Kind::Pair => (figures.pair_stake, grant) = (full(20_000 * METIS), 20_000 * METIS),
        Kind::SequencerDirect => figures.sequencer_direct = full(all / 2),
        Kind::Direct => figures.direct_stake = full(all),
    }
    Question { figures, limits, composite: 0, grant }
}

#[test]
fn each_cap_binds_at_its_boundaries() {
    use Kind::{Direct, Group, Pair, Pool, Sequencer, SequencerDirect};
    for kind in [Sequencer, Group, Pool, Pair, SequencerDirect, Direct] {
        for room in [0, 1, METIS, 5_000 * METIS] {
            let question = tight(kind, room);
            assert_eq!(question.room(0), Room { assets: room, kind });
            for assets in [0, 1, room.saturating_sub(1), room, room + 1, LIMIT] {
                let figures = Figures { assets, ..question.figures };
                let refused = Question { figures, ..question }.check(0).err().map(kind_of);

                assert_eq!(refused.is_some(), assets > room, "{kind:?} {room} {assets}");
                if let Some((broken, stake, cap)) = refused
                    && assets == room + 1
                {
                    assert_eq!((broken, stake), (kind, cap + 1));
                }
            }
        }
    }
}
