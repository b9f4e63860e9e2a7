//! The escrow beside its model, and what may happen to it.

use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::SolCall;
use emetis::artifacts::Artifact;
use emetis::campaign::amounts::{amount_below, smaller};
use emetis::campaign::{Property, Step, Subject, Tally, Violation};
use emetis::{Account, Chain, Snapshot, days};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::bytecode::REFUSER;
use super::interface::Vesting::{cancelCall, openCall, releaseCall};
use super::kit::Stage;
use super::model::Model;

/// How far back calls speak of grants; not far, so that calls meet.
const GRANTS: usize = 4;
/// Bits of an amount in wei. Alice has more than all of a case together.
const AMOUNT_BITS: u32 = 62;
/// An account that takes no money.
const STUBBORN: Address = Address::repeat_byte(0xee);

/// Number of the broken variant that forgets earlier payments.
pub(super) const CARELESS: u32 = 1;

const BOOKS: &str = "VEST-1";
pub(super) const PAYMENT: &str = "VEST-2";

const PROPERTIES: &[Property] = &[
    Property {
        minimum: 7_000,
        ..Property::new(BOOKS, "the escrow holds what its grants have not paid, to the wei")
    },
    Property {
        minimum: 7_000,
        mutants: &[CARELESS],
        ..Property::new(PAYMENT, "a call pays whom it should what it should, or says why not")
    },
];

/// Somebody who may get a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Who {
    Bob,
    Stubborn,
}

/// One thing that may happen. Grants are counted back from the newest, so that a story keeps its
/// meaning when the campaign leaves out those before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Action {
    Open { to: Who, amount: U256, duration: u64 },
    Release { back: usize },
    Cancel { by_guardian: bool, back: usize },
    Wait { seconds: u64 },
}

/// The chain, and the books as they should be.
#[derive(Debug)]
pub(super) struct World {
    chain: Chain,
    model: Model,
}

/// An escrow freshly deployed, from which every case starts.
pub(super) struct Escrow {
    start: Snapshot,
    vesting: Address,
    guardian: Account,
    alice: Account,
    bob: Account,
}

impl Escrow {
    pub(super) fn new(program: &Artifact) -> Self {
        let Stage { mut chain, vesting, guardian, alice, bob } = Stage::with(program);
        chain.set_code(STUBBORN, REFUSER.into());
        chain.label(STUBBORN, "stubborn");
        chain.seal();
        Self { start: chain.snapshot(), vesting, guardian, alice, bob }
    }

    fn address(&self, who: Who) -> Address {
        match who {
            Who::Bob => self.bob.address,
            Who::Stubborn => STUBBORN,
        }
    }

    /// Everybody who may pay or be paid, with what they have.
    fn balances(&self, chain: &Chain) -> Vec<(Address, U256)> {
        let people = [self.alice.address, self.bob.address, STUBBORN];
        people.map(|who| (who, chain.balance(who))).to_vec()
    }
}

impl Subject for Escrow {
    type Action = Action;
    type World = World;

    fn properties(&self) -> &'static [Property] {
        PROPERTIES
    }

    fn begin(&self) -> World {
        let model = Model::new(self.guardian.address, STUBBORN);
        World { chain: Chain::from(self.start.clone()), model }
    }

    fn actions(&self) -> BoxedStrategy<Action> {
        let back = 0..GRANTS;
        let who = prop_oneof![4 => Just(Who::Bob), 1 => Just(Who::Stubborn)];
        let time = || prop_oneof![0..=3u64, 0..=days(40)];
        prop_oneof![
            3 => (who, amount_below(AMOUNT_BITS), time())
                .prop_map(|(to, amount, duration)| Action::Open { to, amount, duration }),
            4 => back.clone().prop_map(|back| Action::Release { back }),
            1 => (any::<bool>(), back)
                .prop_map(|(by_guardian, back)| Action::Cancel { by_guardian, back }),
            2 => time().prop_map(|seconds| Action::Wait { seconds }),
        ]
        .boxed()
    }

    fn name(&self, action: &Action) -> &'static str {
        match action {
            Action::Open { .. } => "open",
            Action::Release { .. } => "release",
            Action::Cancel { .. } => "cancel",
            Action::Wait { .. } => "(wait)",
        }
    }

    fn step(
        &self,
        world: &mut World,
        action: &Action,
        tally: &mut Tally,
    ) -> Result<Step, Violation> {
        let World { chain, model } = world;
        let (now, alice) = (chain.time(), self.alice);
        let (caller, value, data, expected) = match *action {
            Action::Wait { seconds } => {
                chain.advance(seconds);
                return Ok(Step { accepted: true, gas: 0 });
            }
            Action::Open { to, amount, duration } => {
                let beneficiary = self.address(to);
                let call = openCall { beneficiary, duration };
                let expected = model.open(alice.address, beneficiary, amount, duration, now);
                (alice, amount, call.abi_encode(), expected)
            }
            Action::Release { back } => {
                let id = model.id(back);
                let call = releaseCall { id: U256::from(id) };
                (alice, U256::ZERO, call.abi_encode(), model.release(id, now))
            }
            Action::Cancel { by_guardian, back } => {
                let id = model.id(back);
                let caller = if by_guardian { self.guardian } else { alice };
                let call = cancelCall { id: U256::from(id) };
                (caller, U256::ZERO, call.abi_encode(), model.cancel(caller.address, id, now))
            }
        };
        let mut balances = self.balances(chain);

        let result = chain.send_raw(caller, self.vesting, data).value(value).run();

        let expected = expected.map_err(Bytes::from).map(|payments| {
            for (who, balance) in &mut balances {
                let paid = payments.iter().filter(|(receiver, _)| receiver == who);
                *balance += paid.map(|(_, amount)| amount).sum::<U256>();
                *balance -= if *who == caller.address { value } else { U256::ZERO };
            }
            balances
        });
        let found = match &result {
            Ok(_) => Ok(self.balances(chain)),
            Err(failure) => Err(failure.data()),
        };
        tally.check(PAYMENT, found == expected, || {
            let names = chain.names();
            let told = |outcome: &Result<Vec<(Address, U256)>, Bytes>| match outcome {
                Ok(balances) => balances
                    .iter()
                    .map(|(who, balance)| format!("{} with {balance}", names.name(*who)))
                    .collect::<Vec<_>>()
                    .join(", "),
                Err(data) => names.error(data),
            };
            format!("expected {}, found {}", told(&expected), told(&found))
        })?;
        let (held, owed) = (chain.balance(self.vesting), model.owed());
        tally.check(BOOKS, held == owed, || format!("holds {held} and owes {owed}"))?;
        Ok(Step::from(&result))
    }

    fn simpler(&self, action: &Action) -> Vec<Action> {
        match *action {
            Action::Open { to, amount, duration } => smaller(amount)
                .into_iter()
                .map(|amount| Action::Open { to, amount, duration })
                .chain((duration > 2).then_some(Action::Open { to, amount, duration: 2 }))
                .collect(),
            Action::Release { back } if back > 0 => vec![Action::Release { back: 0 }],
            Action::Wait { seconds } if seconds > 1 => vec![Action::Wait { seconds: 1 }],
            _ => Vec::new(),
        }
    }
}
