//! The programs' ABIs as JSON, for front-ends and explorers.
//!
//! They are made from `contracts/interfaces` when this crate is compiled; no Solidity compiler is
//! needed. Items stand as the interface declares them, the constructor first.
//!
//! ```
//! let abis = emetis::abi::contracts();
//! let hub = abis.iter().find(|abi| abi.name == "LiquidStaking").expect("the suite has a hub");
//! assert!(hub.to_string().contains(r#""name": "deposit""#));
//! ```

use std::fmt;
use std::path::Path;

use alloy_json_abi::{AbiItem, Constructor, EventParam, Function, InternalType, JsonAbi, Param};

use crate::artifacts::fixtures::{FixtureError, compile_abis};
use crate::interfaces;

/// The ABI of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractAbi {
    /// Name of the contract.
    pub name: &'static str,
    /// Constructor, events, errors and functions, in the order of the interface.
    pub items: Vec<AbiItem<'static>>,
}

/// A contract by the name of its abstract contract, and its interface.
macro_rules! contract {
    ($name:ident is $interface:ident) => {
        ContractAbi::new(
            stringify!($name),
            include_str!(concat!("../contracts/interfaces/", stringify!($interface), ".sol")),
            interfaces::$interface::abi::contract(),
            interfaces::$name::abi::constructor(),
        )
    };
}

/// Every contract of the suite.
pub fn contracts() -> Vec<ContractAbi> {
    vec![
        contract!(LiquidStaking is ILiquidStaking),
        contract!(StakedMetis is IStakedMetis),
        contract!(RedemptionQueue is IRedemptionQueue),
        contract!(AccessManager is IAccessManager),
        contract!(SequencerRegistry is ISequencerRegistry),
        contract!(SequencerStaking is ISequencerStaking),
        contract!(SlashingCourt is ISlashingCourt),
        contract!(SequencerQuota is ISequencerQuota),
        contract!(Lens is ILens),
    ]
}

impl ContractAbi {
    /// Puts the items in the order in which `source` declares them.
    fn new(
        name: &'static str,
        source: &str,
        interface: JsonAbi,
        constructor: Option<Constructor>,
    ) -> Self {
        let mut items: Vec<AbiItem<'static>> = interface.into_items().collect();
        items.extend(constructor.map(AbiItem::from));
        items.iter_mut().for_each(|item| tell_internal_types(name, source, item));
        // Overloads have one place and keep the order among them: the sort is stable.
        items.sort_by_key(|item| item.name().map(|name| place(source, item.json_type(), name)));
        Self { name, items }
    }

    /// The same, by kind and name.
    pub fn to_abi(&self) -> JsonAbi {
        self.items.iter().cloned().collect()
    }
}

/// Names of the contracts whose ABI the Solidity compiler tells otherwise, which is none if all is
/// well. Constructors are left out: of an abstract contract the compiler tells none. Takes what [`compile_fixtures`](crate::artifacts::fixtures::compile_fixtures) takes.
///
/// # Errors
///
/// Whatever keeps an interface from being compiled.
pub fn differing_from_solidity() -> Result<Vec<&'static str>, FixtureError> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("contracts").join("interfaces");
    let mut names = Vec::new();
    for abi in contracts() {
        let told = compile_abis(&folder.join(format!("I{}.sol", abi.name)))?;
        let ours = JsonAbi { constructor: None, ..abi.to_abi() };
        if told.get(abi.name).map(sorted) != Some(sorted(&ours)) {
            names.push(abi.name);
        }
    }
    Ok(names)
}

/// Overloads in one order.
fn sorted(abi: &JsonAbi) -> JsonAbi {
    let mut abi = abi.clone();
    abi.functions.values_mut().for_each(|overloads| overloads.sort_by_key(Function::selector));
    abi
}

/// Where a source declares an item.
fn place(source: &str, kind: &str, name: &str) -> usize {
    source.find(&format!("\n    {kind} {name}(")).unwrap_or(usize::MAX)
}

/// The macro leaves internal types out. Without contracts among the parameters they are the types
/// themselves, but for the enums and structs of the interface.
fn tell_internal_types(contract: &str, source: &str, item: &mut AbiItem<'static>) {
    let of = |kind: &str, name: &str| match enum_of(source, kind, name) {
        Some(of) => {
            Some(InternalType::Enum { contract: Some(format!("I{contract}")), ty: of.to_owned() })
        }
        None => InternalType::parse(kind),
    };
    let tell = |params: &mut Vec<Param>| {
        for Param { ty, name, components, internal_type } in params {
            let is_struct = ty == "tuple";
            *internal_type = of(ty, name);
            if let Some(ty) = struct_of(source, name).filter(|_| is_struct) {
                let (contract, ty) = (Some(format!("I{contract}")), ty.to_owned());
                *internal_type = Some(InternalType::Struct { contract, ty });
            }
            for part in components {
                part.internal_type = of(&part.ty, &part.name);
            }
        }
    };
    match item {
        AbiItem::Constructor(item) => tell(&mut item.to_mut().inputs),
        AbiItem::Function(item) => {
            let item = item.to_mut();
            tell(&mut item.inputs);
            tell(&mut item.outputs);
        }
        AbiItem::Event(item) => {
            for EventParam { ty, name, internal_type, .. } in &mut item.to_mut().inputs {
                *internal_type = of(ty, name);
            }
        }
        AbiItem::Error(item) => tell(&mut item.to_mut().inputs),
        AbiItem::Fallback(_) | AbiItem::Receive(_) => {}
    }
}

/// The enum that a source declares a parameter as, one without a name as the only one returned.
fn enum_of<'a>(source: &'a str, kind: &str, name: &str) -> Option<&'a str> {
    let enums =
        source.lines().filter_map(|line| line.trim().strip_prefix("enum ")?.split(' ').next());
    let is_declared = |of: &str| match name {
        "" => source.contains(&format!("returns ({of})")),
        name => [",", ")", "\n"].iter().any(|end| source.contains(&format!("{of} {name}{end}"))),
    };
    enums.filter(|_| kind == "uint8").find(|of| is_declared(of))
}

/// The struct that a source declares a parameter as.
fn struct_of<'a>(source: &'a str, name: &str) -> Option<&'a str> {
    let structs = source.lines().filter_map(|line| line.trim().strip_prefix("struct "));
    let mut structs = structs.filter_map(|line| line.split(' ').next());
    structs.find(|of| source.contains(&format!("{of} calldata {name}")))
}

impl fmt::Display for ContractAbi {
    /// JSON, indented, with a line break at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string_pretty(&self.items).map_err(|_| fmt::Error)?;
        writeln!(f, "{text}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_as_the_interface_declares_them() {
        for abi in contracts() {
            let path = format!("contracts/interfaces/I{}.sol", abi.name);
            let source = std::fs::read_to_string(path).unwrap();
            let declared: Vec<_> = source.lines().filter_map(declaration).collect();

            let told = abi.items.iter().map(|item| (item.json_type(), item.name()));
            let told: Vec<_> = told.map(|(kind, name)| (kind, name.cloned())).collect();

            assert_eq!(told[0], ("constructor", None), "{}", abi.name);
            assert_eq!(told[1..], declared, "{}", abi.name);
        }
    }

    /// Kind and name of what a line of an interface declares.
    fn declaration(line: &str) -> Option<(&'static str, Option<String>)> {
        ["event", "error", "function"].into_iter().find_map(|kind| {
            let rest = line.strip_prefix("    ")?.strip_prefix(kind)?.strip_prefix(' ')?;
            Some((kind, rest.split('(').next().map(str::to_owned)))
        })
    }

    #[test]
    fn a_parameter_has_its_internal_type() {
        let abi = contracts().remove(0).to_abi();
        let event = &abi.event("Transfer").unwrap()[0];

        assert!(event.inputs[0].indexed && !event.inputs[2].indexed);
        assert_eq!(event.inputs[2].internal_type, InternalType::parse("uint256"));
        assert_eq!(abi.functions["eip712Domain"][0].outputs[6].ty, "uint256[]");
    }
}
