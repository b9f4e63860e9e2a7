//! The ABIs that front-ends get, held against the compiled programs.

use std::collections::BTreeSet;

use super::fixtures::IForwarder;
use super::kit::*;
use alloy_dyn_abi::{DynSolType, DynSolValue, FunctionExt};
use alloy_json_abi::{AbiItem, Function, Param, StateMutability};
use alloy_primitives::{Address, B256, Bytes, FixedBytes, Selector, U256, keccak256};
use emetis::abi::{ContractAbi, contracts};
use emetis::suite::access::{Access, PROGRAMS};
use emetis::suite::{Params, Suite};

/// Gas for a call inside another.
const INNER_GAS: U256 = U256::from_limbs([1_000_000, 0, 0, 0]);
/// Functions of the programs' tables, by the text of each table.
const TABLES: [&str; 9] = [
    include_str!("../../contracts/liquid-staking/hub/src/lib.rs"),
    include_str!("../../contracts/liquid-staking/vault/src/lib.rs"),
    include_str!("../../contracts/liquid-staking/queue/src/lib.rs"),
    include_str!("../../contracts/access-manager/src/lib.rs"),
    include_str!("../../contracts/staking/registry/src/lib.rs"),
    include_str!("../../contracts/staking/money/src/lib.rs"),
    include_str!("../../contracts/staking/court/src/lib.rs"),
    include_str!("../../contracts/sequencer-quota/src/lib.rs"),
    include_str!("../../contracts/lens/src/lib.rs"),
];
/// What has one name in hub and vault and is not the same in both. But for [`TOLD_OTHERWISE`], events and
/// errors differ in the names of their parameters alone.
const DIFFERENT: [(&str, &str); 8] = [
    ("event", "Constructed"),
    ("event", "Settled"),
    ("event", "Swept"),
    ("function", "deposit"),
    ("function", "maxDeposit"),
    ("function", "settle"),
    ("function", "sweep"),
    ("function", "totals"),
];

/// Events of which hub and vault tell different things.
const TOLD_OTHERWISE: [&str; 2] = ["Constructed", "Settled"];

/// A deployed program, its ABI and its table.
struct Program {
    abi: ContractAbi,
    address: Address,
    table: &'static str,
}

impl Program {
    fn functions(&self) -> impl Iterator<Item = &Function> {
        self.abi.items.iter().filter_map(|item| match item {
            AbiItem::Function(function) => Some(&**function),
            _ => None,
        })
    }

    /// Whom the authority lets call an entry, if it is asked about that one.
    fn member(&self, selector: Selector) -> Option<Address> {
        let managed = PROGRAMS.iter().find(|program| program.name == self.abi.name)?;
        let entry = managed.entries.iter().find(|entry| entry.selector() == selector.0)?;
        match entry.access {
            Access::Role(role) => Some(role.member(&Params::default())),
            _ => None,
        }
    }

    /// Every entry: selector, arguments, whether it takes METIS. The constructor is one.
    fn entries(&self) -> Vec<(Selector, &[Param], bool)> {
        let constructor = self.abi.items.iter().find_map(|item| match item {
            AbiItem::Constructor(item) => Some((selector("stylus_constructor()"), &**item)),
            _ => None,
        });
        let (name, item) = constructor.unwrap();
        let constructor = (name, &item.inputs[..], is_payable(item.state_mutability));
        let functions = self.functions().map(|function| {
            (function.selector(), &function.inputs[..], is_payable(function.state_mutability))
        });
        functions.chain([constructor]).collect()
    }
}

fn is_payable(mutability: StateMutability) -> bool {
    mutability == StateMutability::Payable
}

fn selector(signature: &str) -> Selector {
    Selector::from_slice(&keccak256(signature)[..4])
}

/// Entries that change state, and nothing with the shortest arguments there are.
const NOTHING_TO_DO: [&str; 3] = ["multicall", "revokeRole", "setTargetFunctionRole"];

/// Views that refuse a ticket that is not there.
const OF_NO_TICKET: [&str; 3] = ["getApproved", "ownerOf", "tokenURI"];

/// All programs, deployed as a suite, and somebody with METIS.
fn suite() -> (Chain, Account, [Program; 9]) {
    suite_of(Chain::new(), Params::default())
}

fn suite_of(mut chain: Chain, params: Params) -> (Chain, Account, [Program; 9]) {
    let suite = Suite::deploy_programs(&mut chain, programs(), params);
    let alice = chain.account("alice");
    chain.deal(alice, WEALTH);
    let addresses = [
        suite.liquid_staking,
        suite.staked_metis,
        suite.redemption_queue,
        suite.access_manager,
        suite.sequencer_registry,
        suite.sequencer_staking,
        suite.slashing_court,
        suite.quota,
        suite.lens,
    ];
    let mut abis = contracts().into_iter();
    let programs = std::array::from_fn(|index| Program {
        abi: abis.next().unwrap(),
        address: addresses[index],
        table: TABLES[index],
    });
    assert_eq!(abis.next(), None, "a contract of the suite is not tested here");
    (chain, alice, programs)
}

/// The shortest calldata that holds an entry's arguments: zeros, nothing in what has a length, and
/// an account where there is an address.
fn shortest(selector: Selector, inputs: &[Param], account: Address) -> Bytes {
    let arguments = DynSolValue::Tuple(inputs.iter().map(|input| zero(input, account)).collect());
    [&selector[..], &arguments.abi_encode_params()].concat().into()
}

fn zero(input: &Param, account: Address) -> DynSolValue {
    if input.ty == "tuple" {
        let parts = input.components.iter().map(|part| zero(part, account));
        return DynSolValue::Tuple(parts.collect());
    }
    match DynSolType::parse(&input.ty).unwrap() {
        DynSolType::Address => DynSolValue::Address(account),
        DynSolType::Uint(bits) => DynSolValue::Uint(U256::ZERO, bits),
        DynSolType::FixedBytes(size) => DynSolValue::FixedBytes(FixedBytes::ZERO, size),
        DynSolType::Bool => DynSolValue::Bool(false),
        DynSolType::Bytes => DynSolValue::Bytes(Vec::new()),
        DynSolType::String => DynSolValue::String(String::new()),
        DynSolType::Array(_) => DynSolValue::Array(Vec::new()),
        DynSolType::FixedArray(_, size) => {
            DynSolValue::FixedArray(vec![DynSolValue::FixedBytes(FixedBytes::ZERO, 32); size])
        }
        other => panic!("no entry has an argument of {other} yet"),
    }
}

/// What events and errors are known by.
fn selector_of(item: &AbiItem<'_>) -> B256 {
    match item {
        AbiItem::Event(event) => event.selector(),
        AbiItem::Error(error) => B256::right_padding_from(&error.selector()[..]),
        other => panic!("not an event or an error: {other:?}"),
    }
}

fn unknown(selector: Selector, size: usize) -> Hub::SelectorUnknown {
    Hub::SelectorUnknown { selector, size: U256::from(size) }
}

#[test]
fn every_entry_is_known_to_its_program_and_no_other() {
    let (mut chain, alice, programs) = suite();

    for program in &programs {
        let known: BTreeSet<Selector> =
            program.entries().into_iter().map(|(selector, ..)| selector).collect();
        for selector in &known {
            let outcome = chain.send_raw(alice, program.address, selector.to_vec()).dry_run();
            let is_unknown = outcome.is_err_and(|failure| failure.is(&unknown(*selector, 4)));
            assert!(!is_unknown, "{}: {selector}", program.abi.name);
        }
        let others = programs.iter().flat_map(|other| other.entries());
        let others = others.map(|(selector, ..)| selector).filter(|other| !known.contains(other));
        let near = known.iter().map(|known| Selector::from(known.0.map(|byte| byte ^ 1)));
        for selector in others.chain(near).filter(|selector| !known.contains(selector)) {
            let call = chain.send_raw(alice, program.address, selector.to_vec());
            call.fails_with(unknown(selector, 4));
        }
    }
}

#[test]
fn there_are_as_many_functions_as_in_the_dispatch_table() {
    let (_, _, programs) = suite();

    for program in &programs {
        let told = program.functions().count();
        assert_eq!(told, program.table.matches("Call => ").count(), "{}", program.abi.name);
    }
}

#[test]
fn metis_is_refused_by_exactly_what_is_not_payable() {
    let (mut chain, alice, programs) = suite();

    let mut payable = 0;
    for program in &programs {
        for (selector, inputs, is_payable) in program.entries() {
            let data = shortest(selector, inputs, alice.address);
            let outcome = chain.send_raw(alice, program.address, data).value(U256::ONE).dry_run();
            let refused = Hub::ValueRefused { selector, value: U256::ONE };
            let is_refused = outcome.is_err_and(|failure| failure.is(&refused));
            assert_eq!(is_refused, !is_payable, "{}: {selector}", program.abi.name);
            payable += u32::from(is_payable);
        }
    }
    // Five of the hub, receiveFill, execute, the vault's constructor, register twice, open, increaseBond,
    // delegate and notifyRewards.
    assert_eq!(payable, 14);
}

#[test]
fn arguments_are_as_long_as_told() {
    let (mut chain, alice, programs) = suite();

    for program in &programs {
        for (selector, inputs, _) in program.entries() {
            let data = shortest(selector, inputs, alice.address);
            // Arguments are read once the caller is let in.
            let caller = program.member(selector).unwrap_or(alice.address);
            let mut is_invalid = |data: Bytes| {
                let error = Hub::ArgumentsInvalid { selector, size: U256::from(data.len()) };
                let outcome = chain.send_raw(caller, program.address, data).dry_run();
                outcome.is_err_and(|failure| failure.is(&error))
            };

            assert!(!is_invalid(data.clone()), "{}: {selector}", program.abi.name);
            if !inputs.is_empty() {
                let short = data.slice(..data.len() - 1);
                assert!(is_invalid(short), "{}: {selector}, one byte short", program.abi.name);
            }
        }
    }
}

#[test]
fn exactly_views_work_in_a_static_call() {
    let mut chain = Chain::new();
    let creator = chain.account("creator");
    let forwarder = emetis::artifacts::fixtures::fixture("Forwarder").unwrap();
    let forwarder = chain.create(creator, forwarder.init_code).ok().output;
    // The first admin, so that more of the manager's entries would go through.
    let params = Params { admin: forwarder, ..Params::default() };
    let (mut chain, alice, programs) = suite_of(chain, params);
    let (mut idle, mut refused, mut all) = (Vec::new(), Vec::new(), 0);

    for program in &programs {
        let (name, target) = (program.abi.name, program.address);
        let mut stopped = 0;
        for function in program.functions() {
            let data = shortest(function.selector(), &function.inputs, alice.address);
            let plain = chain.send_raw(forwarder_as_caller(forwarder), target, data.clone());
            let plain = plain.dry_run();
            let call = IForwarder::forwardStaticCall { target, gas_: INNER_GAS, data };
            let inner = chain.view(forwarder, call);

            if function.state_mutability == StateMutability::View {
                let told = plain.map(|receipt| receipt.output).map_err(|failure| failure.data());
                let found = if inner.ok { Ok(inner.ret) } else { Err(inner.ret) };
                assert_eq!(found, told, "{name}: {}", function.signature());
                refused.extend(told.is_err().then(|| function.name.clone()));
            } else if plain.as_ref().is_ok_and(|receipt| receipt.logs.is_empty()) {
                idle.push(function.name.clone());
            } else {
                assert!(!inner.ok, "{name}: {}", function.signature());
                if plain.is_ok() {
                    assert!(inner.ret.is_empty(), "{name}: {}", function.signature());
                    stopped += 1;
                }
            }
        }
        let has_views_alone = name == "Lens";
        assert_eq!(stopped >= 1, !has_views_alone, "{name}: {stopped} would have gone through");
        all += stopped;
    }
    assert!(all >= 12, "only {all} would have gone through");
    idle.sort_unstable();
    assert_eq!(idle, NOTHING_TO_DO);
    refused.sort_unstable();
    assert_eq!(refused, OF_NO_TICKET);
}

/// The forwarder's address as that of a sender, so that both calls have one caller.
fn forwarder_as_caller(forwarder: Address) -> Account {
    Account::at(forwarder)
}

#[test]
fn answers_of_views_are_what_is_told() {
    let (mut chain, alice, programs) = suite();
    let hub = programs[0].address;
    let stake =
        Hub::depositAndStakeCall { receiver: alice.address, minShares: U256::ONE, tag: TAG };
    chain.send(alice, hub, stake).value(ether(3)).ok();

    let mut views = 0;
    for program in &programs {
        for function in program.functions() {
            if function.state_mutability != StateMutability::View {
                continue;
            }
            let data = shortest(function.selector(), &function.inputs, alice.address);
            if OF_NO_TICKET.contains(&function.name.as_str()) {
                continue;
            }
            let answer = chain.send_raw(alice, program.address, data).dry_run().unwrap().output;

            let decoded = function.abi_decode_output(&answer).unwrap();

            let encoded = function.abi_encode_output(&decoded).unwrap();
            assert_eq!(answer, encoded, "{}: {}", program.abi.name, function.signature());
            views += 1;
        }
    }
    assert!(views > 40, "only {views} views");
}

#[test]
fn what_both_programs_declare_is_the_same_in_both_but_for_what_must_differ() {
    let [hub, vault, ..] = suite().2.map(|program| program.abi);
    let of = |abi: &ContractAbi, kind: &str, name: &str| -> Vec<AbiItem<'static>> {
        let items = abi.items.iter().filter(|item| item.json_type() == kind);
        items.filter(|item| item.name().is_some_and(|other| other == name)).cloned().collect()
    };

    let (mut same, mut different) = (BTreeSet::new(), BTreeSet::new());
    for item in hub.items.iter().filter(|item| item.name().is_some()) {
        let (kind, name) = (item.json_type(), item.name().unwrap().as_str());
        let (ours, theirs) = (of(&hub, kind, name), of(&vault, kind, name));
        if ours == theirs {
            same.insert((kind, name));
        } else if !theirs.is_empty() {
            different.insert((kind, name));
            let selectors =
                |items: &[AbiItem<'_>]| items.iter().map(selector_of).collect::<Vec<_>>();
            let may_differ = kind == "function" || TOLD_OTHERWISE.contains(&name);
            assert!(may_differ || selectors(&ours) == selectors(&theirs), "{kind} {name}");
        }
    }

    assert_eq!(different, BTreeSet::from(DIFFERENT));
    let count = |kind| same.iter().filter(|(other, _)| *other == kind).count();
    // Of functions the token's three entries, permit (once), nine views, and seven of
    // authority and pause.
    assert_eq!(["function", "event", "error"].map(count), [20, 5, 37], "{same:#?}");
}
