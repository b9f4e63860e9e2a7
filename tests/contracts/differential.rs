//! eMETIS and seMETIS beside OpenZeppelin's token with permits: where both promise the same, they do
//! the same.
//!
//! Not compared, as ours differ by design: transfers to the token itself, deposits of nothing,
//! supplies beyond 84 or 104 bits, signatures that recover to nobody, and which of several flaws of a
//! `transferFrom` or a permit is named first.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::chance::check;
use super::kit::*;
use super::sides::DEAD;
use super::signing::{Permit, twin};
use alloy_primitives::{Address, Bytes, LogData, U256};
use alloy_sol_types::{SolCall, SolEvent, SolStruct, SolValue, eip712_domain};
use emetis::campaign::amounts::{amount, amount_below, near};
use emetis::suite::{DEAD_STAKE, Params};
use proptest::prelude::*;

/// Steps of a story.
const LONGEST: usize = 24;
/// Bits of a deposit, so that no story passes the limit of the supply, nor what people have of METIS
/// for as many shares of the reference.
const DEPOSIT_BITS: u32 = 70;

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

/// One of our tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ours {
    Liquid,
    Staked,
}

impl Ours {
    fn name(self) -> &'static str {
        match self {
            Self::Liquid => "Liquid METIS",
            Self::Staked => "Staked eMETIS",
        }
    }
}

/// One of our tokens, the reference, and three people.
#[derive(Clone)]
struct Pair {
    world: World,
    ours: Ours,
    token: Address,
    reference: Address,
    people: [Account; 3],
}

impl Pair {
    fn new(ours: Ours) -> Self {
        let mut world = world();
        let (name, symbol) = (ours.name().to_owned(), "any".to_owned());
        let reference = world.fixture_with("OzToken", &(name, symbol).abi_encode_params());
        let people = [world.alice, world.bob, world.carol];
        for person in people {
            world.chain.deal(person, WEALTH << 8);
        }
        let token = match ours {
            Ours::Liquid => world.hub,
            Ours::Staked => world.suite.staked_metis,
        };
        let mut pair = Self { world, ours, token, reference, people };
        if ours == Ours::Staked {
            pair.construct();
        }
        pair
    }

    /// Constructs the vault, and mints the shares of its dead stake at the reference.
    fn construct(&mut self) {
        let World { chain, suite, alice, .. } = &mut self.world;
        let constructor = suite.vault_constructor(&Params::default());
        chain.send_raw(*alice, self.token, constructor).value(DEAD_STAKE).ok();
        let value = chain.view(self.token, Hub::totalSupplyCall {});
        let dead = Hub::depositCall { receiver: DEAD, tag: TAG };
        chain.send(*alice, self.reference, dead).value(value).ok();
    }

    fn ask<C: SolCall<Return = U256>>(&self, token: Address, call: C) -> U256 {
        self.world.chain.view(token, call)
    }

    fn address(&self, who: Option<usize>) -> Address {
        who.map_or(Address::ZERO, |who| self.people[who].address)
    }

    fn amount(&self, amount: Amount, owner: usize, spender: Option<usize>) -> U256 {
        let (owner, spender) = (self.people[owner].address, self.address(spender));
        let token = self.token;
        match amount {
            Amount::Any(value) => value,
            Amount::NearBalance(by) => {
                near(self.ask(token, Hub::balanceOfCall { account: owner }), by)
            }
            Amount::NearAllowance(by) => {
                near(self.ask(token, Hub::allowanceCall { owner, spender }), by)
            }
        }
    }

    /// A permit as `token` wants it, or spoiled.
    fn permit(&self, token: Address, permit: &Permit, signer: Account, flaw: Flaw) -> Bytes {
        let domain = eip712_domain! {
            name: self.ours.name(),
            version: "1",
            chain_id: self.world.chain.chain_id(),
            verifying_contract: token,
        };
        let signature = signer.sign(permit.eip712_signing_hash(&domain));
        let Signature { v, r, s } = if flaw == Flaw::HighS { twin(signature) } else { signature };
        let Permit { owner, spender, value, deadline, .. } = *permit;
        encoded(&Hub::permit_0Call { owner, spender, value, deadline, v, r, s })
    }

    fn send(&mut self, token: Address, from: Account, value: U256, data: Bytes) -> Told {
        let outcome = self.world.chain.send_raw(from, token, data).value(value).run();
        outcome.map_err(|failure| failure.data()).map(|receipt| {
            let standard = [Hub::Transfer::SIGNATURE_HASH, Hub::Approval::SIGNATURE_HASH];
            // A deposit into the vault shows transfers of eMETIS too.
            let logs = receipt.logs.into_iter().filter(|log| log.address == token);
            let logs = logs.map(|log| log.data);
            let logs = logs.filter(|log| standard.contains(&log.topics()[0]));
            (receipt.output, logs.collect())
        })
    }

    /// Does a step on both tokens.
    fn step(&mut self, step: &Step) -> [Told; 2] {
        let tokens = [self.token, self.reference];
        let zero = U256::ZERO;
        let (from, value, data) = match *step {
            Step::Deposit { who, to, assets } => {
                return self.deposit(self.people[who], self.people[to].address, assets);
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
                let nonces = Hub::noncesCall { owner: permit.owner };
                let permit = Permit { nonce: self.ask(self.token, nonces), ..permit };
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

    /// Makes as many tokens on both sides: shares are more than the METIS they are for.
    fn deposit(&mut self, from: Account, receiver: Address, assets: U256) -> [Told; 2] {
        let deposit = encoded(&Hub::depositCall { receiver, tag: TAG });
        if self.ours == Ours::Liquid {
            let tokens = [self.token, self.reference];
            return tokens.map(|token| self.send(token, from, assets, deposit.clone()));
        }
        let call = Hub::depositAndStakeCall { receiver, minShares: U256::ZERO, tag: TAG };
        let outcome = self.world.chain.send(from, self.world.hub, call).value(assets).ok();
        let (token, shares) = (self.token, outcome.output);
        let logs = outcome.logs.into_iter().filter(|log| log.address == token);
        let transfer = Hub::Transfer::SIGNATURE_HASH;
        let logs = logs.map(|log| log.data).filter(|log| log.topics()[0] == transfer);
        let ours = Ok((shares.abi_encode().into(), logs.collect()));
        [ours, self.send(self.reference, from, shares, deposit)]
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

fn assert_same(ours: Ours) {
    let origin = Pair::new(ours);
    let counts: RefCell<BTreeMap<&str, [u32; 2]>> = RefCell::default();
    let story = proptest::collection::vec(any_step(), 1..=LONGEST);

    check(400, &story, |story| {
        let mut pair = origin.clone();
        for step in &story {
            let [ours, theirs] = comparable(step, pair.step(step));
            counts.borrow_mut().entry(name(step)).or_default()[usize::from(ours.is_ok())] += 1;
            prop_assert_eq!(ours, theirs, "{:?}: ours, then OpenZeppelin's", step);
            let (token, reference) = (pair.token, pair.reference);
            prop_assert_eq!(pair.figures(token), pair.figures(reference), "after {:?}", step);
        }
        Ok(())
    });

    for (name, [rejected, accepted]) in counts.into_inner() {
        println!("{name}: {accepted} accepted, {rejected} rejected");
        assert!(accepted > 200, "{name}: only {accepted} accepted");
        assert!(rejected > 50 || name == "deposit", "{name}: only {rejected} rejected");
    }
}

#[test]
fn emetis_does_what_openzeppelins_token_does() {
    assert_same(Ours::Liquid);
}

#[test]
fn semetis_does_what_openzeppelins_token_does() {
    assert_same(Ours::Staked);
}
