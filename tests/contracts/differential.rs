//! eMETIS beside OpenZeppelin's token with permits: where both promise the same, they do the same.
//!
//! Not compared, as ours differs by design: transfers to the token itself, deposits of nothing,
//! supplies beyond 84 bits, signatures that recover to nobody, and which of several flaws of a
//! `transferFrom` or a permit is named first.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::chance::check;
use super::kit::*;
use super::signing::{Permit, domain, twin};
use alloy_primitives::{Address, B256, Bytes, LogData, U256};
use alloy_sol_types::{SolCall, SolEvent, SolStruct, SolValue};
use emetis::campaign::amounts::{amount, amount_below, near};
use proptest::prelude::*;

/// Steps of a story.
const LONGEST: usize = 24;
/// Bits of a deposit, so that no story passes the limit of the supply.
const DEPOSIT_BITS: u32 = 79;

#[derive(Clone, Copy, Debug)]
enum Amount {
    Any(U256),
    /// The balance of whose tokens they are, and so much more or less.
    NearBalance(i8),
    /// The allowance, and so much more or less.
    NearAllowance(i8),
}

/// How a permit is spoiled, if it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flaw {
    None,
    Late,
    OtherSigner,
    OldNonce,
    HighS,
}

#[derive(Clone, Debug)]
enum Step {
    Deposit { who: usize, to: usize, assets: U256 },
    Transfer { who: usize, to: Option<usize>, value: Amount },
    Approve { who: usize, spender: Option<usize>, value: Amount },
    TransferFrom { who: usize, from: usize, to: usize, value: Amount },
    Permit { owner: usize, spender: usize, value: Amount, flaw: Flaw },
}

fn any_amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        2 => amount().prop_map(Amount::Any),
        1 => Just(Amount::Any(U256::MAX)),
        3 => (-1i8..=1).prop_map(Amount::NearBalance),
        3 => (-1i8..=1).prop_map(Amount::NearAllowance),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    let who = || 0..3usize;
    let nobody = || prop_oneof![8 => (0..3usize).prop_map(Some), 1 => Just(None)];
    let flaw = prop_oneof![
        4 => Just(Flaw::None),
        1 => Just(Flaw::Late),
        1 => Just(Flaw::OtherSigner),
        1 => Just(Flaw::OldNonce),
        1 => Just(Flaw::HighS),
    ];
    let assets = amount_below(DEPOSIT_BITS).prop_map(|assets| assets.max(U256::ONE));
    prop_oneof![
        (who(), who(), assets).prop_map(|(who, to, assets)| Step::Deposit { who, to, assets }),
        (who(), nobody(), any_amount()).prop_map(|(who, to, value)| Step::Transfer {
            who,
            to,
            value
        }),
        (who(), nobody(), any_amount()).prop_map(|(who, spender, value)| Step::Approve {
            who,
            spender,
            value
        }),
        (who(), who(), who(), any_amount()).prop_map(|(who, from, to, value)| Step::TransferFrom {
            who,
            from,
            to,
            value
        }),
        (who(), who(), any_amount(), flaw).prop_map(|(owner, spender, value, flaw)| Step::Permit {
            owner,
            spender,
            value,
            flaw
        }),
    ]
}

/// What came of a step on one token: the answer and the standard's events, or the error.
type Told = Result<(Bytes, Vec<LogData>), Bytes>;

/// Both tokens, and three people.
#[derive(Clone)]
struct Pair {
    world: World,
    reference: Address,
    people: [Account; 3],
}

impl Pair {
    fn new() -> Self {
        let mut world = world();
        let name = ("Liquid METIS".to_owned(), "eMETIS".to_owned()).abi_encode_params();
        let reference = world.fixture_with("OzToken", &name);
        let people = [world.alice, world.bob, world.carol];
        world.chain.deal(world.carol, WEALTH);
        Self { world, reference, people }
    }

    fn ask<C: SolCall<Return = U256>>(&self, token: Address, call: C) -> U256 {
        self.world.chain.view(token, call)
    }

    fn address(&self, who: Option<usize>) -> Address {
        who.map_or(Address::ZERO, |who| self.people[who].address)
    }

    fn amount(&self, amount: Amount, owner: usize, spender: Option<usize>) -> U256 {
        let (owner, spender) = (self.people[owner].address, self.address(spender));
        let hub = self.world.hub;
        match amount {
            Amount::Any(value) => value,
            Amount::NearBalance(by) => {
                near(self.ask(hub, Hub::balanceOfCall { account: owner }), by)
            }
            Amount::NearAllowance(by) => {
                near(self.ask(hub, Hub::allowanceCall { owner, spender }), by)
            }
        }
    }

    /// A permit as `token` wants it, or spoiled.
    fn permit(&self, token: Address, permit: &Permit, signer: Account, flaw: Flaw) -> Bytes {
        let domain = domain(self.world.chain.chain_id(), token);
        let signature = signer.sign(permit.eip712_signing_hash(&domain));
        let Signature { v, r, s } = if flaw == Flaw::HighS { twin(signature) } else { signature };
        let Permit { owner, spender, value, deadline, .. } = *permit;
        encoded(&Hub::permit_0Call { owner, spender, value, deadline, v, r, s })
    }

    fn send(&mut self, token: Address, from: Account, value: U256, data: Bytes) -> Told {
        let outcome = self.world.chain.send_raw(from, token, data).value(value).run();
        outcome.map_err(|failure| failure.data()).map(|receipt| {
            let standard = [Hub::Transfer::SIGNATURE_HASH, Hub::Approval::SIGNATURE_HASH];
            let logs = receipt.logs.into_iter().map(|log| log.data);
            let logs = logs.filter(|log| standard.contains(&log.topics()[0]));
            (receipt.output, logs.collect())
        })
    }

    /// Does a step on both tokens.
    fn step(&mut self, step: &Step) -> [Told; 2] {
        let tokens = [self.world.hub, self.reference];
        let zero = U256::ZERO;
        let (from, value, data) = match *step {
            Step::Deposit { who, to, assets } => {
                let receiver = self.people[to].address;
                (who, assets, encoded(&Hub::depositCall { receiver, tag: B256::ZERO }))
            }
            Step::Transfer { who, to, value } => {
                let value = self.amount(value, who, to);
                (who, zero, encoded(&Hub::transferCall { to: self.address(to), value }))
            }
            Step::Approve { who, spender, value } => {
                let value = self.amount(value, who, spender);
                let spender = self.address(spender);
                (who, zero, encoded(&Hub::approveCall { spender, value }))
            }
            Step::TransferFrom { who, from, to, value } => {
                let value = self.amount(value, from, Some(who));
                let (from, to) = (self.people[from].address, self.people[to].address);
                (who, zero, encoded(&Hub::transferFromCall { from, to, value }))
            }
            Step::Permit { owner, spender, value, flaw } => {
                let value = self.amount(value, owner, Some(spender));
                let signer = match flaw {
                    Flaw::OtherSigner => self.people[(owner + 1) % 3],
                    _ => self.people[owner],
                };
                let permit = self.world.permit(self.people[owner], self.people[spender], value);
                let permit = match flaw {
                    Flaw::Late => Permit { deadline: U256::ONE, ..permit },
                    Flaw::OldNonce => {
                        Permit { nonce: permit.nonce.wrapping_sub(U256::ONE), ..permit }
                    }
                    _ => permit,
                };
                return tokens.map(|token| {
                    let data = self.permit(token, &permit, signer, flaw);
                    self.send(token, self.people[spender], zero, data)
                });
            }
        };
        tokens.map(|token| self.send(token, self.people[from], value, data.clone()))
    }

    /// Everything that both tokens know.
    fn figures(&self, token: Address) -> Vec<U256> {
        let mut figures = vec![self.ask(token, Hub::totalSupplyCall {})];
        for owner in self.people.map(Address::from) {
            figures.push(self.ask(token, Hub::balanceOfCall { account: owner }));
            figures.push(self.ask(token, Hub::noncesCall { owner }));
            for spender in self.people.map(Address::from) {
                figures.push(self.ask(token, Hub::allowanceCall { owner, spender }));
            }
        }
        figures
    }
}

fn name(step: &Step) -> &'static str {
    match step {
        Step::Deposit { .. } => "deposit",
        Step::Transfer { .. } => "transfer",
        Step::Approve { .. } => "approve",
        Step::TransferFrom { .. } => "transferFrom",
        Step::Permit { .. } => "permit",
    }
}

/// Signatures for two contracts are different, and so is what an error quotes of them: the signer
/// they seem to be of, or `s`.
fn comparable(step: &Step, told: [Told; 2]) -> [Told; 2] {
    match step {
        Step::Permit { flaw: Flaw::OldNonce, .. } => {
            told.map(|told| told.map_err(|data| without_signer(&data)))
        }
        Step::Permit { flaw: Flaw::HighS, .. } => {
            told.map(|told| told.map_err(|data| data.slice(..4)))
        }
        _ => told,
    }
}

/// `ERC2612InvalidSigner` without its first argument.
fn without_signer(data: &Bytes) -> Bytes {
    [&data[..4], &data[36..]].concat().into()
}

#[test]
fn the_token_does_what_openzeppelins_does() {
    let origin = Pair::new();
    let counts: RefCell<BTreeMap<&str, [u32; 2]>> = RefCell::default();
    let story = proptest::collection::vec(any_step(), 1..=LONGEST);

    check(400, &story, |story| {
        let mut pair = origin.clone();
        for step in &story {
            let [ours, theirs] = comparable(step, pair.step(step));
            counts.borrow_mut().entry(name(step)).or_default()[usize::from(ours.is_ok())] += 1;
            prop_assert_eq!(ours, theirs, "{:?}: ours, then OpenZeppelin's", step);
            let (hub, reference) = (pair.world.hub, pair.reference);
            prop_assert_eq!(pair.figures(hub), pair.figures(reference), "after {:?}", step);
        }
        Ok(())
    });

    for (name, [rejected, accepted]) in counts.into_inner() {
        println!("{name}: {accepted} accepted, {rejected} rejected");
        assert!(accepted > 200, "{name}: only {accepted} accepted");
        assert!(rejected > 50 || name == "deposit", "{name}: only {rejected} rejected");
    }
}
