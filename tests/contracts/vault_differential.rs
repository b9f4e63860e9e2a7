//! seMETIS beside OpenZeppelin's ERC-4626 vault with the same offset: where both promise the same,
//! they do the same. Where ours differs by design, [`DIFFERENCES`] tells, and each is asserted.
//!
//! Both begin with the same dead stake and the same gain or loss; then there is no stream, no loss
//! and no donation, as OpenZeppelin's has none.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::chance::check;
use super::kit::*;
use super::sides::{DEAD, Named, ORDINARY, Outcome, POOL, Side, Sides, Step, Whom, ordinary};
use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use alloy_sol_types::{SolError, SolEvent, SolValue};
use emetis::campaign::amounts::{amount, amount_below};
use emetis::interfaces::IStakedMetis as Vault;
use emetis::suite::{DEAD_STAKE, Params, Suite};
use proptest::prelude::*;

/// Steps of a story.
const LONGEST: usize = 20;
/// What every ordinary person has of the asset, in wei.
const FORTUNE: U256 = U256::from_limbs([0, 1 << 12, 0, 0]);
/// Bits of a gain, so that the ledger has room for what everybody has.
const GAIN_BITS: u32 = 83;
/// What was staked before a loss, in METIS, and the most of it that is lost.
const STAKED: u64 = 1_000;
const LOST_AT_MOST: u64 = 999;
/// The most shares: 104 bits.
const SHARES_LIMIT: U256 = U256::from_limbs([u64::MAX, (1 << 40) - 1, 0, 0]);
/// Slot of the balances in OpenZeppelin's token.
const OZ_BALANCES: U256 = U256::ZERO;
const OZ_SUPPLY: U256 = U256::from_limbs([2, 0, 0, 0]);

/// What ours does otherwise, by design.
const DIFFERENCES: [&str; 8] = [
    "an amount of nothing is refused, OpenZeppelin's goes through",
    "assets too few for a share are refused, OpenZeppelin's takes them for nothing",
    "shares worth no asset are refused, OpenZeppelin's burns them for nothing",
    "the largest deposit and mint are finite, by the width of the books",
    "the vault gets no shares, vault and eMETIS no assets; OpenZeppelin's refuses neither",
    "a bad receiver is named before anything else",
    "the vault's events come before the asset's, and Deposit and Withdraw before Transfer",
    "a conversion beyond 256 bits is a typed error, OpenZeppelin's a panic",
];

/// How often each difference was met.
type Met = RefCell<BTreeMap<&'static str, u32>>;

/// The first state of a story, the same on both sides.
#[derive(Clone, Copy, Debug)]
enum Past {
    Quiet,
    Gain(U256),
    Loss(U256),
}

fn any_past() -> impl Strategy<Value = Past> {
    let most = ether(LOST_AT_MOST);
    prop_oneof![
        1 => Just(Past::Quiet),
        2 => amount_below(GAIN_BITS).prop_map(|gain| Past::Gain(gain.max(U256::ONE))),
        4 => Just(Past::Gain(U256::ONE << GAIN_BITS)),
        2 => amount_below(70).prop_map(move |loss| Past::Loss(loss % most + U256::ONE)),
    ]
}

fn new() -> Sides {
    let mut chain = Chain::new();
    let suite = Suite::deploy_programs(&mut chain, programs(), Params::default());
    let ours = Side { asset: suite.liquid_staking, vault: suite.staked_metis };
    let deployer = chain.account("deployer");
    let mut create = |name: &str, arguments: &[u8]| {
        let fixture = emetis::artifacts::fixtures::fixture(name).unwrap();
        let address = chain.create(deployer, [&fixture.init_code, arguments].concat()).ok().output;
        chain.label(address, name);
        address
    };
    let names = ("Liquid METIS".to_owned(), "eMETIS".to_owned()).abi_encode_params();
    let asset = create("OzToken", &names);
    let theirs = Side { asset, vault: create("OzVault", &asset.abi_encode()) };

    let people = ["alice", "bob", "carol", "pool", "treasury"].map(|name| chain.account(name));
    for person in people.into_iter().chain([deployer]) {
        chain.deal(person, WEALTH);
    }
    let mut sides = Sides { chain, ours, theirs, people };
    for person in people {
        for asset in [ours.asset, theirs.asset] {
            give(&mut sides, asset, person, FORTUNE);
        }
    }
    give(&mut sides, theirs.asset, deployer, DEAD_STAKE);
    stake(&mut sides, theirs, deployer, DEAD_STAKE, DEAD);
    // Carol has no shares and allows nothing.
    for (person, side) in [(0, ours), (0, theirs), (1, ours), (1, theirs)] {
        stake(&mut sides, side, people[person], ether(1), people[person].address);
        let approve = Hub::approveCall { spender: side.vault, value: U256::MAX };
        sides.chain.send(people[person], side.asset, approve).ok();
    }
    sides
}

fn give(sides: &mut Sides, asset: Address, to: Account, assets: U256) {
    let call = Hub::depositCall { receiver: to.address, tag: B256::ZERO };
    sides.chain.send(to, asset, call).value(assets).ok();
}

fn stake(sides: &mut Sides, side: Side, from: Account, assets: U256, receiver: Address) {
    let approve = Hub::approveCall { spender: side.vault, value: assets };
    sides.chain.send(from, side.asset, approve).ok();
    sides.chain.send(from, side.vault, Vault::depositCall { assets, receiver }).ok();
}

/// Brings both sides to the same state: ours by a reward that unlocks or a loss, theirs by a
/// donation or by surgery.
fn live_through(sides: &mut Sides, past: Past) {
    let (pool, [ours, theirs]) = (sides.people[POOL], [sides.ours, sides.theirs]);
    match past {
        Past::Quiet => {}
        Past::Gain(gain) => {
            for side in [ours, theirs] {
                give(sides, side.asset, pool, gain);
            }
            let approve = Hub::approveCall { spender: ours.vault, value: gain };
            sides.chain.send(pool, ours.asset, approve).ok();
            sides.chain.send(pool, ours.vault, Vault::notifyCall { assets: gain }).ok();
            sides.chain.advance(days(7));
            let donation = Hub::transferCall { to: theirs.vault, value: gain };
            sides.chain.send(pool, theirs.asset, donation).ok();
        }
        Past::Loss(loss) => {
            for side in [ours, theirs] {
                stake(sides, side, pool, ether(STAKED), pool.address);
            }
            let call = Vault::settleCall { loss, pending: U256::ZERO };
            sides.chain.send(pool, ours.vault, call).ok();
            let key = keccak256((theirs.vault, OZ_BALANCES).abi_encode()).into();
            for slot in [key, OZ_SUPPLY] {
                let before = sides.chain.storage(theirs.asset, slot);
                sides.chain.set_storage(theirs.asset, slot, before - loss);
            }
        }
    }
    assert_eq!(sides.holdings(ours), sides.holdings(theirs), "after {past:?}");
}

fn met(differences: &Met, index: usize) {
    *differences.borrow_mut().entry(DIFFERENCES[index]).or_default() += 1;
}

/// An error as bytes.
fn error(error: &impl SolError) -> Outcome {
    Err(error.abi_encode().into())
}

/// Whether ours refuses by design, and then asserts how both end. Such a step is not done.
fn is_refused_by_design(sides: &mut Sides, named: &Named, differences: &Met) -> bool {
    let (receiver, enters) = match named.step {
        Step::Deposit(_, to, _) | Step::Mint(_, to, _) => (to, true),
        Step::Withdraw(_, to, ..) | Step::Redeem(_, to, ..) => (to, false),
        Step::Transfer(_, to, _) | Step::TransferFrom(_, _, to, _)
            if !matches!(to, Whom::Person(_)) =>
        {
            return is_refused_transfer(sides, named, to, differences);
        }
        _ => return false,
    };
    if [Whom::Nobody, Whom::Vault].contains(&receiver) {
        let [ours, theirs] = sides.step(named, false);
        let selector = match enters {
            true => Vault::ERC20InvalidReceiver::SELECTOR,
            false => Vault::ReceiverInvalid::SELECTOR,
        };
        assert_eq!(ours, Err(naming(selector, receiver)), "{named:?}");
        if receiver == Whom::Nobody {
            assert!(theirs.is_err(), "{named:?}: {theirs:?}");
            let is_named = theirs == Err(naming(Vault::ERC20InvalidReceiver::SELECTOR, receiver));
            if !is_named {
                met(differences, 5);
            }
        } else if theirs.is_ok() {
            met(differences, 4);
        }
        return true;
    }
    if named.amount.is_zero() {
        let [ours, theirs] = sides.step(named, false);
        let is_of_assets = matches!(named.step, Step::Deposit(..) | Step::Withdraw(..));
        let expected =
            if is_of_assets { error(&Vault::AssetsZero {}) } else { error(&Vault::SharesZero {}) };
        assert_eq!(ours, expected, "{named:?}");
        assert!(theirs.is_ok(), "{named:?}: {theirs:?}");
        met(differences, 0);
        return true;
    }
    match named.step {
        Step::Deposit(who, ..) | Step::Mint(who, ..) => {
            is_refused_entry(sides, named, who, differences)
        }
        Step::Redeem(_, _, owner, _) if is_refused_dust(sides, named, owner, differences) => true,
        Step::Withdraw(_, Whom::Asset, ..) | Step::Redeem(_, Whom::Asset, ..) => {
            is_refused_payment(sides, named, differences)
        }
        _ => false,
    }
}

/// An error that names an account.
fn naming(selector: [u8; 4], whom: Whom) -> Bytes {
    let word = match whom {
        Whom::Nobody => [0; 32],
        Whom::Asset => [0xaa; 32],
        Whom::Vault => [0xbb; 32],
        Whom::Person(_) => panic!("people have addresses"),
    };
    [&selector[..], &word].concat().into()
}

/// Assets that eMETIS itself would get, which is refused last.
fn is_refused_payment(sides: &mut Sides, named: &Named, differences: &Met) -> bool {
    let [ours, theirs] = sides.step(named, false);
    let refused = ours == Err(naming(Vault::ERC20InvalidReceiver::SELECTOR, Whom::Asset));
    if refused {
        assert!(theirs.is_ok(), "{named:?}: {theirs:?}");
        met(differences, 4);
    }
    refused
}

/// Shares that nobody or the vault would get.
fn is_refused_transfer(sides: &mut Sides, named: &Named, to: Whom, differences: &Met) -> bool {
    if to == Whom::Asset {
        return false;
    }
    let [ours, theirs] = sides.step(named, false);
    assert_eq!(ours, Err(naming(Vault::ERC20InvalidReceiver::SELECTOR, to)), "{named:?}");
    assert!(theirs.is_err() || to == Whom::Vault, "{named:?}: {theirs:?}");
    met(differences, 4);
    true
}

/// More than the books hold, or too few assets for a share.
fn is_refused_entry(sides: &mut Sides, named: &Named, who: usize, differences: &Met) -> bool {
    let (ours, amount) = (sides.ours, named.amount);
    let [max_deposit, max_mint, ..] = sides.most(ours, sides.people[who].address);
    let max = if matches!(named.step, Step::Deposit(..)) { max_deposit } else { max_mint };
    if amount > max {
        let [ours, theirs] = sides.step(named, false);
        let told = ours.clone().unwrap_err();
        let selector = match named.step {
            Step::Deposit(..) => Vault::ERC4626ExceededMaxDeposit::SELECTOR,
            _ => Vault::ERC4626ExceededMaxMint::SELECTOR,
        };
        assert_eq!(told[..4], selector, "{named:?}: {ours:?}");
        assert_eq!(told[36..], (amount, max).abi_encode(), "{named:?}");
        if let Ok((answer, _)) = theirs {
            let answer = U256::from_be_slice(&answer);
            let is_deposit = matches!(named.step, Step::Deposit(..));
            let (assets, shares) = if is_deposit { (amount, answer) } else { (answer, amount) };
            let told = sides.ask(sides.ours.vault, Vault::totalsCall {});
            let is_wide = told.ledger + assets > LIMIT || told.shares + shares > SHARES_LIMIT;
            assert!(is_wide, "{named:?}: {max}");
        }
        met(differences, 3);
        return true;
    }
    let shares = sides.previews(ours, amount)[2].clone();
    if matches!(named.step, Step::Deposit(..)) && shares == Ok(U256::ZERO) {
        let [ours, theirs] = sides.step(named, false);
        assert_eq!(ours, error(&Vault::SharesZero {}), "{named:?}");
        if let Ok((answer, _)) = theirs {
            assert_eq!(answer, U256::ZERO.abi_encode(), "{named:?}");
            met(differences, 1);
        }
        return true;
    }
    false
}

/// Shares that are worth nothing.
fn is_refused_dust(sides: &mut Sides, named: &Named, owner: usize, differences: &Met) -> bool {
    let (ours, owner) = (sides.ours, sides.people[owner].address);
    let worth = |shares| sides.previews(ours, shares)[5].clone() == Ok(U256::ZERO);
    let balance = sides.ask(ours.vault, Vault::balanceOfCall { account: owner });
    if named.amount > balance && !worth(balance) || !worth(named.amount.min(balance)) {
        return false;
    }
    let expected = if worth(balance) {
        let (shares, max) = (named.amount, U256::ZERO);
        error(&Vault::ERC4626ExceededMaxRedeem { owner, shares, max })
    } else {
        error(&Vault::AssetsZero {})
    };
    let [ours, theirs] = sides.step(named, false);
    assert_eq!(ours, expected, "{named:?}");
    if let Ok((answer, _)) = theirs {
        assert_eq!(answer, U256::ZERO.abi_encode(), "{named:?}");
        met(differences, 2);
    }
    true
}

/// Both logs in one order, after ours and theirs were found in the order of each.
fn in_one_order(step: Step, [ours, theirs]: [Outcome; 2], differences: &Met) -> [Outcome; 2] {
    let moves =
        matches!(step, Step::Deposit(..) | Step::Mint(..) | Step::Withdraw(..) | Step::Redeem(..));
    let (Ok((answer, mut our_logs)), Ok((their_answer, mut their_logs)), true) =
        (ours.clone(), theirs.clone(), moves)
    else {
        return [ours, theirs];
    };
    let enters = matches!(step, Step::Deposit(..) | Step::Mint(..));
    let own = if enters { Vault::Deposit::SIGNATURE_HASH } else { Vault::Withdraw::SIGNATURE_HASH };
    let transfer = Vault::Transfer::SIGNATURE_HASH;
    let order = |logs: &[super::sides::Told]| -> Vec<(bool, B256)> {
        logs.iter().map(|log| (log.of_vault, B256::from_slice(&log.text[..32]))).collect()
    };
    assert_eq!(order(&our_logs), [(true, own), (true, transfer), (false, transfer)]);
    let theirs = if enters {
        [(false, transfer), (true, transfer), (true, own)]
    } else {
        [(true, transfer), (false, transfer), (true, own)]
    };
    assert_eq!(order(&their_logs), theirs);
    met(differences, 6);
    our_logs.sort();
    their_logs.sort();
    [Ok((answer, our_logs)), Ok((their_answer, their_logs))]
}

/// Previews and conversions of an amount, and what anybody may do at most.
fn compare_views(sides: &Sides, amount: U256, differences: &Met) -> Result<(), TestCaseError> {
    let (ours, theirs) = (sides.ours, sides.theirs);
    let overflow: Bytes = Vault::ConversionOverflow { amount }.abi_encode().into();
    for (ours, theirs) in
        sides.previews(ours, amount).into_iter().zip(sides.previews(theirs, amount))
    {
        if theirs.is_err() {
            prop_assert_eq!(ours, Err(overflow.clone()), "an amount of {}", amount);
            met(differences, 7);
        } else {
            prop_assert_eq!(ours, theirs, "an amount of {}", amount);
        }
    }
    for person in &sides.people[..ORDINARY] {
        let balance = sides.ask(ours.vault, Vault::balanceOfCall { account: person.address });
        let [deposit, mint, withdraw, redeem] = sides.most(ours, person.address);
        let [their_deposit, their_mint, their_withdraw, their_redeem] =
            sides.most(theirs, person.address);
        prop_assert!(deposit < U256::ONE << 84 && mint < U256::ONE << 104);
        prop_assert_eq!([their_deposit, their_mint], [U256::MAX; 2]);
        prop_assert_eq!(withdraw, their_withdraw);
        prop_assert_eq!(their_redeem, balance);
        let worth = sides.ask(ours.vault, Vault::convertToAssetsCall { shares: balance });
        prop_assert_eq!(redeem, if worth.is_zero() { U256::ZERO } else { balance });
    }
    Ok(())
}

#[test]
fn the_vault_does_what_openzeppelins_does_but_for_what_must_differ() {
    let origin = new();
    let (counts, differences) = (RefCell::new(BTreeMap::new()), Met::default());
    let story = (any_past(), prop::collection::vec((ordinary(), amount()), 1..=LONGEST));

    check(500, &story, |(past, steps)| {
        let mut sides = origin.clone();
        live_through(&mut sides, past);
        for (step, looked_at) in steps {
            let named = sides.named(step);
            if !is_refused_by_design(&mut sides, &named, &differences) {
                let outcomes = sides.step(&named, true);
                let [ours, theirs] = in_one_order(step, outcomes, &differences);
                let mut counts = counts.borrow_mut();
                let count: &mut [u32; 2] = counts.entry(step.name()).or_default();
                count[usize::from(ours.is_ok())] += 1;
                prop_assert_eq!(ours, theirs, "{:?}: ours, then OpenZeppelin's", named);
            }
            prop_assert_eq!(sides.holdings(sides.ours), sides.holdings(sides.theirs));
            compare_views(&sides, looked_at, &differences)?;
        }
        Ok(())
    });

    for (name, [rejected, accepted]) in counts.into_inner() {
        println!("{name}: {accepted} accepted, {rejected} rejected");
        assert!(accepted > 100, "{name}: only {accepted} accepted");
        assert!(rejected > 20 || name.starts_with("approve"), "{name}: only {rejected} rejected");
    }
    let differences = differences.into_inner();
    for difference in DIFFERENCES {
        let met = differences.get(difference).copied().unwrap_or_default();
        println!("{difference}: {met} times");
        assert!(met > 10, "{difference}: met {met} times");
    }
}
