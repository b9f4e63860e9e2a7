//! A plan can be carried out: no cap is exceeded on the way, whatever the order and the parts.

use emetis_common::account::Account;
use emetis_common::quota::figures::Figures;
use emetis_common::quota::limits::Limits;
use emetis_common::quota::plan::{SEQUENCERS, Target, plan_allocation};
use emetis_common::quota::question::{Kind, Question};
use emetis_common::staking::METIS;
use proptest::prelude::*;

use super::amounts::bps;

const GROUPS: usize = 6;
const POOL: [u8; 20] = [7; 20];

#[derive(Clone, Debug)]
struct Sequencer {
    stake: u128,
    pair: u128,
    group: usize,
    composite: u64,
    grant: u128,
}

/// Stake as it is, in the eyes of one pool.
#[derive(Clone, Debug)]
struct World {
    sequencers: Vec<Sequencer>,
    pool: u128,
    total: u128,
    fourth: u128,
    limits: Limits,
}

impl World {
    fn question(&self, at: usize, assets: u128) -> Question {
        let sequencer = &self.sequencers[at];
        let members = self.sequencers.iter().filter(|other| other.group == sequencer.group);
        let figures = Figures {
            pool: Account::new(POOL.into()),
            id: at as u64,
            assets,
            sequencer_stake: sequencer.stake,
            group_stake: members.map(|member| member.stake).sum(),
            pool_stake: self.pool,
            pair_stake: sequencer.pair,
            total_stake: self.total,
            activation_threshold: 20_000 * METIS,
            max_lock: 100_000 * METIS,
            ..Figures::default()
        };
        let Sequencer { composite, grant, .. } = *sequencer;
        Question { figures, limits: self.limits, composite, grant }
    }

    fn room(&self, at: usize, kind: Kind) -> u128 {
        let caps = self.question(at, 0).caps(self.fourth);
        caps.into_iter().find(|cap| cap.kind == kind).map_or(0, |cap| cap.room())
    }

    fn add(&mut self, at: usize, assets: u128) {
        self.sequencers[at].stake += assets;
        self.sequencers[at].pair += assets;
        self.pool += assets;
        self.total += assets;
    }

    /// The plan of all that a pool has to give.
    fn plan(&self, assets: u128) -> Vec<u128> {
        let mut groups = [0; GROUPS];
        let targets: Vec<Target> = (0..self.sequencers.len())
            .map(|at| {
                let sequencer = &self.sequencers[at];
                groups[sequencer.group] = self.room(at, Kind::Group);
                let question = self.question(at, 0);
                let [cap, ..] = question.caps(self.fourth);
                Target {
                    id: at as u64,
                    stake: sequencer.stake,
                    cap: cap.cap,
                    room: self.room(at, Kind::Sequencer).min(self.room(at, Kind::Pair)),
                    group: sequencer.group,
                    eligible: true,
                }
            })
            .collect();
        let headroom = if targets.is_empty() { 0 } else { self.room(0, Kind::Pool) };
        let plan = plan_allocation(&targets, &groups, assets.min(headroom));
        plan.amounts()[..targets.len()].to_vec()
    }
}

fn sequencer() -> impl Strategy<Value = Sequencer> {
    let grant = prop_oneof![Just(0), 20_000 * METIS..=100_000 * METIS];
    (0..=110_000 * METIS, 0..=1_000_u128, 0..GROUPS, bps(), grant).prop_map(
        |(stake, part, group, composite, grant)| Sequencer {
            stake,
            pair: stake / 1_000 * part,
            group,
            composite,
            grant,
        },
    )
}

fn world() -> impl Strategy<Value = World> {
    let sequencers = prop::collection::vec(sequencer(), 1..=SEQUENCERS);
    let floors = (0..=400_000 * METIS, 0..=800_000 * METIS, 0..=3_000_000 * METIS);
    (sequencers, floors, 0..=1_000_000 * METIS, 0..=3_000 * METIS, any::<bool>()).prop_map(
        |(sequencers, (operator_floor, pool_floor, pool_cap), fourth, elsewhere, default)| {
            let set = Limits { operator_floor, pool_floor, pool_cap, ..Limits::default() };
            let limits = if default { Limits::default() } else { set };
            let pool = sequencers.iter().map(|sequencer| sequencer.pair).sum();
            let staked: u128 = sequencers.iter().map(|sequencer| sequencer.stake).sum();
            World { sequencers, pool, total: staked + elsewhere, fourth, limits }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_step_of_a_plan_is_accepted_in_any_order_and_in_parts(
        (world, order) in world().prop_flat_map(|world| {
            let order: Vec<usize> = (0..world.sequencers.len()).collect();
            (Just(world), Just(order).prop_shuffle())
        }),
        assets in 0..=2_000_000 * METIS,
        part in 0..=1_000_u128,
    ) {
        let mut now = world.clone();
        let plan = world.plan(assets);

        for at in order {
            let first = plan[at] / 1_000 * part;
            for assets in [first, plan[at] - first] {
                let question = now.question(at, assets);
                let fourth = if question.needs_fourth() { now.fourth } else { 0 };
                prop_assert_eq!(question.check(fourth), Ok(()));
                now.add(at, assets);
            }
        }

        prop_assert_eq!(now.pool - world.pool, plan.iter().sum::<u128>());
    }

    #[test]
    fn less_is_planned_than_asked_only_if_a_cap_stops_every_sequencer(
        world in world(),
        assets in 0..=2_000_000 * METIS,
    ) {
        let plan = world.plan(assets);
        let planned: u128 = plan.iter().sum();
        prop_assert!(planned <= assets);
        if planned + METIS <= assets {
            let mut caps = world.clone();
            (0..plan.len()).for_each(|at| caps.add(at, plan[at]));
            // Against the caps of before: all stake has grown by the plan since.
            caps.total = world.total;
            for at in 0..plan.len() {
                prop_assert!(caps.question(at, 0).room(caps.fourth).assets < METIS);
            }
        }
    }
}
