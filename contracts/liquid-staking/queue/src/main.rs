//! Prints the queue's interface, or its constructor, as `cargo stylus export-abi` asks for them.

emetis_common::export_abi!(include_str!("../../../interfaces/IRedemptionQueue.sol"));
