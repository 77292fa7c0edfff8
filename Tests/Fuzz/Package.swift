// swift-tools-version: 6.1
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

/// A program of some targets and the rooms that they read with: libFuzzer looks at every counter after every execution, those of other rooms too.
func program(_ name: String, _ rooms: [String]) -> Target {
  .executableTarget(name: name, dependencies: ["Fuzzing"] + rooms.map { .product(name: $0, package: "cch") })
}

// A package of its own: all of it, and all that it tests, is built with the fuzzer's counters. `make fuzz` does.
let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "cch", path: "../..")],
  targets: [
    .target(name: "CFuzzer"),
    .target(name: "Fuzzing", dependencies: ["CFuzzer"]),
    // ExactJSON, which is no product, comes with Distillation.
    program("FuzzData", ["DataTables", "Datasets", "Distillation", "ExactAlgebra"]),
    program("FuzzTheory", ["Claims", "Conjectures", "Distillation", "Oracle", "PropertyTesting"]),
    program("FuzzDocuments", ["Conformance", "Experiments", "Reporting", "Vectors"]),
  ])
