// swift-tools-version: 6.1
// SPDX-License-Identifier: MIT
import PackageDescription

// What is tested is compiled with counters where the variable is set, and as ever where it is not.
let counters: [SwiftSetting] =
  Context.environment["CCH_COVERAGE"] == nil
  ? [] : [.unsafeFlags(["-sanitize=fuzzer", "-sanitize-coverage=edge,trace-pc-guard,trace-cmp"])]

let package = Package(
  name: "coverage",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "cch", path: "../..")],
  targets: [
    .target(name: "DeepBugs", swiftSettings: counters),
    .executableTarget(
      name: "Compare",
      dependencies: [
        "DeepBugs", .product(name: "CoverageGuidance", package: "cch"),
        .product(name: "PropertyTesting", package: "cch"),
      ]),
    .testTarget(
      name: "DeepBugsTests",
      dependencies: [
        "DeepBugs", .product(name: "CoverageGuidance", package: "cch"), .product(name: "ForAll", package: "cch"),
        .product(name: "PropertyTesting", package: "cch"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
