//! SAF-4: what the staking program tells is what the pure core makes of its storage.

use alloy_primitives::{Address, U256};
use emetis::Chain;
use emetis::campaign::{Tally, Violation};
use emetis_common::slots::staking::{INDEX, MONEY, OWED, PENDING, POSITION, SHARES};
use emetis_common::staking::position::Position;
use emetis_common::staking::rewards::{Accrual, Index, Owed, accrue};
use emetis_common::staking::sequencer::{Money, Shares};
use emetis_common::staking::{lanes, rules, status};

use super::super::super::action::staking::Party;
use super::super::super::model::staking::Part;
use super::super::super::spec::SAF_4;
use super::super::super::world::staking::{SeenSequencer, Stage};
use super::Noticed;

/// A sequencer in storage, as the core reads it.
struct Stored {
    money: Money,
    shares: Shares,
    accrued: Accrual,
    pending: u128,
}

impl Stored {
    fn read(stage: &Stage, chain: &Chain, id: u64) -> Self {
        let field = |kind: u32| word(stage, chain, numbered(kind, id));
        let money = Money::unpack(&field(MONEY));
        let shares = Shares::unpack(&field(SHARES));
        let pending = lanes::unpack(&word(stage, chain, U256::from(PENDING + id / 3)));
        let pending = pending[(id % 3) as usize];
        let (index, owed) = (Index::unpack(&field(INDEX)), Owed::unpack(&field(OWED)));
        let accrued = accrue(pending, &money, shares.total, index, owed);
        Self { money, shares, accrued, pending }
    }
}

/// What is told of sequencers and positions after a call.
pub fn tells(
    tally: &mut Tally,
    stage: &Stage,
    chain: &Chain,
    noticed: &Noticed<'_>,
) -> Result<(), Violation> {
    for (_, told) in noticed.pairs(stage) {
        let stored = Stored::read(stage, chain, told.id);
        sequencer(tally, stage, &stored, told)?;
        for holder in Party::HOLDERS {
            position(tally, stage, chain, &stored, (holder, told))?;
        }
    }
    Ok(())
}

fn sequencer(
    tally: &mut Tally,
    stage: &Stage,
    stored: &Stored,
    told: &SeenSequencer,
) -> Result<(), Violation> {
    let Stored { money, shares, accrued, pending } = stored;
    let seen = &stage.seen.rules;
    let rules = rules::Rules {
        activation_threshold: seen.threshold.saturating_to(),
        min_bond: seen.min_bond.saturating_to(),
        min_bond_bps: seen.min_bond_bps.saturating_to(),
        period: seen.period / 86_400,
        paused: false,
    };
    let status = status::status(money, shares.total, &rules) as u8;
    tally.check(SAF_4, status == told.status, || {
        format!("the core makes status {status} of sequencer {}, {} is told", told.id, told.status)
    })?;
    let computed = [
        accrued.owed.operator,
        accrued.owed.waiting(),
        accrued.owed.parked_delegators,
        *pending,
        accrued.index.delegators,
        accrued.index.index,
    ];
    let found = [
        told.operator,
        told.parked,
        told.parked_delegators,
        told.pending,
        told.delegators,
        told.index,
    ];
    tally.check(SAF_4, computed.map(U256::from) == found, || {
        format!("the core accrues {computed:?} with {}, told are {found:?}", told.id)
    })
}

fn position(
    tally: &mut Tally,
    stage: &Stage,
    chain: &Chain,
    stored: &Stored,
    (holder, told): (Party, &SeenSequencer),
) -> Result<(), Violation> {
    let slot = keyed(POSITION, told.id, stage.crew.address(holder));
    let position = Position::unpack(&word(stage, chain, slot));
    if position.is_empty() {
        return Ok(());
    }
    let assets = stored.shares.assets_down(position.shares, stored.money.delegated);
    let earned = position.earned(stored.accrued.index.index);
    let found = told.position(holder);
    let same = [position.shares, assets, earned].map(U256::from)
        == [found.shares, found.assets, found.earned];
    tally.check(SAF_4, same && position.pooled == found.pooled, || {
        format!(
            "the core makes {assets} and {earned} earned of what {} has with {}, told is {found:?}",
            holder.label(),
            told.id
        )
    })
}

fn word(stage: &Stage, chain: &Chain, slot: U256) -> [u8; 32] {
    chain.storage(stage.crew.program(Part::Staking), slot).to_be_bytes()
}

/// The slot of what is kept by number, see `contracts/README.md`.
fn numbered(kind: u32, id: u64) -> U256 {
    (U256::from(kind) << 224) | (U256::from(id) << 192)
}

/// The slot of what is kept by number and account.
fn keyed(kind: u32, id: u64, account: Address) -> U256 {
    numbered(kind, id) | U256::from_be_bytes(account.into_word().0)
}
