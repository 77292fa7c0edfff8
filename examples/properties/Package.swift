// swift-tools-version: 6.1
// SPDX-License-Identifier: MIT
import PackageDescription

let package = Package(
  name: "properties",
  platforms: [.macOS(.v15)],
  // In a package of your own: .package(url: "…", from: "…").
  dependencies: [.package(name: "cch", path: "../..")],
  targets: [
    .target(name: "Containers"),
    .testTarget(
      name: "ContainersTests",
      dependencies: [
        "Containers", .product(name: "ForAll", package: "cch"), .product(name: "PropertyTesting", package: "cch"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
