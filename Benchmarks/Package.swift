// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "cch", path: "..")],
  targets: [
    .executableTarget(
      name: "verdicts",
      dependencies: [
        .product(name: "ExactPredicates", package: "cch"), .product(name: "ExactAlgebra", package: "cch"),
        .product(name: "PropertyTesting", package: "cch"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
