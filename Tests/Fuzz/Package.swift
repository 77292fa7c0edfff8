// swift-tools-version: 6.1
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

// A package of its own: all of it, and all that it tests, is built with the fuzzer's counters. `make fuzz` does.
let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "cch", path: "../..")],
  targets: [
    .target(name: "CFuzzer"),
    .executableTarget(
      name: "Fuzz",
      dependencies: ["CFuzzer"]
        + [
          "Claims", "Conformance", "Conjectures", "DataTables", "Datasets", "Distillation", "ExactAlgebra",
          "Experiments",
          "Oracle", "PropertyTesting", "Reporting", "Vectors",
        ].map { .product(name: $0, package: "cch") }),
  ])
