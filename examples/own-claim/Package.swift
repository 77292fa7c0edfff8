// swift-tools-version: 6.1
// SPDX-License-Identifier: GPL-3.0-or-later
// A claim of your own, in a package of its own. Copy this folder, and name the place of cch below: a path, or an address
// with `.package(url:, from:)`. The libraries of C that it needs are in the README of cch; `make setup` there installs them.
import PackageDescription

let package = Package(
  name: "own-claim",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "cch", path: "../..")],
  targets: [
    .executableTarget(
      name: "own-claim",
      dependencies: [
        .product(name: "Claims", package: "cch"), .product(name: "Distillation", package: "cch"),
        .product(name: "ExactAlgebra", package: "cch"), .product(name: "ExactPredicates", package: "cch"),
        .product(name: "Hunting", package: "cch"), .product(name: "PropertyTesting", package: "cch"),
      ],
      path: "Sources")
  ],
  swiftLanguageModes: [.v6]
)
