// swift-tools-version: 6.1
// SPDX-License-Identifier: MIT
import CompilerPluginSupport
import PackageDescription

// A package of its own, so that who does not want the macro need not build swift-syntax.
let package = Package(
  name: "generatable",
  platforms: [.macOS(.v15)],
  products: [.library(name: "GeneratableMacro", targets: ["GeneratableMacro"])],
  dependencies: [
    .package(name: "cch", path: "../.."),
    // The version of the toolchain, Swift 6.3.
    .package(url: "https://github.com/swiftlang/swift-syntax", "603.0.0"..<"604.0.0"),
  ],
  targets: [
    .macro(
      name: "GeneratableMacros",
      dependencies: [
        .product(name: "SwiftCompilerPlugin", package: "swift-syntax"),
        .product(name: "SwiftDiagnostics", package: "swift-syntax"),
        .product(name: "SwiftSyntax", package: "swift-syntax"),
        .product(name: "SwiftSyntaxBuilder", package: "swift-syntax"),
        .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
      ]),
    .target(
      name: "GeneratableMacro", dependencies: ["GeneratableMacros", .product(name: "PropertyTesting", package: "cch")]),
    .testTarget(
      name: "GeneratableMacroTests",
      dependencies: [
        "GeneratableMacro", "GeneratableMacros", .product(name: "ForAll", package: "cch"),
        .product(name: "SwiftSyntaxMacroExpansion", package: "swift-syntax"),
        .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
        .product(name: "SwiftParser", package: "swift-syntax"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
