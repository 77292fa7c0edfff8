// swift-tools-version: 6.1
import PackageDescription

/// The folders of `Sources`, lowest first: a room imports from its own folder and from those before it.
let floors: KeyValuePairs = [
  "Foundations": [
    "CFLINT", "CGSL", "CLAPACKE", "CZlib", "DataTables", "ExactAlgebra", "ExactJSON", "FileWriting",
    "ForeignPrograms", "Learning", "PlainText",
  ],
  "Testing": ["ForAll", "PropertyTesting"],
  "Model": ["Distillation", "ExactPredicates", "Gaussian"],
  "Theory": ["Claims", "Conjectures", "IndependentCheck"],
  "Protocol": ["LineProtocol", "Oracle"],
  "Judging": ["Conformance", "Estimation", "Vectors"],
  "Learners": ["Advice", "Classification", "Datasets", "Experiments", "Students"],
]

let linuxPackages = ["libflint-dev", "libgmp-dev", "libmpfr-dev"]

let package = Package(
  name: "cch",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "ExactAlgebra", targets: ["ExactAlgebra"]),
    .library(name: "Gaussian", targets: ["Gaussian"]),
    .library(name: "DataTables", targets: ["DataTables"]),
    .library(name: "Distillation", targets: ["Distillation"]),
    .library(name: "Learning", targets: ["Learning"]),
    .library(name: "ExactPredicates", targets: ["ExactPredicates"]),
    .library(name: "PropertyTesting", targets: ["PropertyTesting"]),
    .library(name: "ForAll", targets: ["ForAll"]),
    .library(name: "Claims", targets: ["Claims"]),
    .library(name: "Conjectures", targets: ["Conjectures"]),
    .library(name: "Estimation", targets: ["Estimation"]),
    .library(name: "Conformance", targets: ["Conformance"]),
    .library(name: "FileWriting", targets: ["FileWriting"]),
    .library(name: "ForeignPrograms", targets: ["ForeignPrograms"]),
    .library(name: "LineProtocol", targets: ["LineProtocol"]),
    .library(name: "Oracle", targets: ["Oracle"]),
    .library(name: "Vectors", targets: ["Vectors"]),
    .library(name: "Students", targets: ["Students"]),
    .library(name: "Advice", targets: ["Advice"]),
    .library(name: "Classification", targets: ["Classification"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "Experiments", targets: ["Experiments"]),
    .executable(name: "cch", targets: ["cch"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
  ],
  targets: [
    .systemLibrary(name: "CFLINT", providers: [.apt(linuxPackages), .brew(["flint"])]),
    .systemLibrary(name: "CGSL", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    .systemLibrary(
      name: "CLAPACKE", providers: [.apt(["liblapacke-dev", "libopenblas-dev"]), .brew(["openblas"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    .target(name: "ExactAlgebra", dependencies: ["CFLINT"]),
    .target(name: "PlainText"),
    .target(name: "ExactJSON", dependencies: ["ExactAlgebra", "PlainText"]),
    .target(name: "Gaussian", dependencies: ["ExactAlgebra", "PropertyTesting", "CGSL", "CLAPACKE"]),
    .target(name: "DataTables", dependencies: ["ExactAlgebra", "PlainText"]),
    .target(name: "Distillation", dependencies: ["ExactAlgebra", "ExactJSON", "Gaussian"]),
    .target(name: "ExactPredicates", dependencies: ["Distillation", "ExactAlgebra"]),
    .target(name: "PropertyTesting", exclude: ["LICENSE"]),
    .target(name: "Learning", dependencies: ["CLAPACKE"]),
    .target(name: "ForeignPrograms"),
    .target(name: "FileWriting"),
    .target(name: "LineProtocol", dependencies: ["ExactJSON", "ForeignPrograms"]),
    .target(name: "ForAll", dependencies: ["PropertyTesting"]),
    .target(name: "IndependentCheck", dependencies: ["ExactJSON", .product(name: "BigInt", package: "BigInt")]),
    .target(
      name: "Claims",
      dependencies: [
        "ExactAlgebra", "ExactJSON", "ExactPredicates", "Gaussian", "Distillation", "IndependentCheck",
        "PlainText", "PropertyTesting",
      ]),
    .target(
      name: "Conjectures",
      dependencies: ["Claims", "Distillation", "ExactAlgebra", "ExactPredicates", "Gaussian", "PlainText"]),
    .target(
      name: "Estimation",
      dependencies: [
        "ExactAlgebra", "ExactJSON", "Gaussian", "Distillation", "ForeignPrograms", "Learning", "LineProtocol",
        "PropertyTesting", "CGSL", "CLAPACKE",
      ]),
    .target(
      name: "Students",
      dependencies: [
        "ExactAlgebra", "Gaussian", "Distillation", "Learning", "PropertyTesting", "CGSL", "CLAPACKE",
      ]),
    .target(
      name: "Oracle",
      dependencies: ["CFLINT", "Distillation", "ExactAlgebra", "ExactJSON", "Gaussian"]),
    .target(
      name: "Vectors",
      dependencies: ["Distillation", "ExactAlgebra", "ExactJSON", "LineProtocol", "Oracle", "PropertyTesting"]),
    .target(
      name: "Conformance",
      dependencies: [
        "Distillation", "ExactAlgebra", "ExactJSON", "ForeignPrograms", "Gaussian", "LineProtocol", "Oracle",
        "PlainText", "PropertyTesting", "Vectors",
      ]),
    .target(
      name: "Advice",
      dependencies: [
        "DataTables", "ExactAlgebra", "Gaussian", "Distillation", "PlainText", "Students", "PropertyTesting", "CGSL",
        "CLAPACKE",
      ]),
    .target(
      name: "Classification",
      dependencies: ["Estimation", "Learning", "PropertyTesting", "Students", "CGSL"]),
    .target(name: "Datasets", dependencies: ["CZlib", "DataTables", "ExactAlgebra", "PlainText"]),
    .target(
      name: "Experiments",
      dependencies: [
        "Advice", "Classification", "DataTables", "Datasets", "Distillation", "Estimation", "ExactAlgebra", "ExactJSON",
        "FileWriting",
        "Gaussian", "Learning", "PropertyTesting", "Students", "CGSL",
      ]),
    .executableTarget(
      name: "cch",
      dependencies: [
        "Advice", "IndependentCheck", "Claims", "Classification", "Conformance", "Conjectures", "DataTables", "Datasets",
        "Distillation", "Estimation", "ExactAlgebra", "ExactJSON", "ExactPredicates", "Experiments", "FileWriting",
        "ForeignPrograms", "LineProtocol", "Oracle", "PlainText", "PropertyTesting", "Students", "Vectors",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .target(name: "TestSupport", dependencies: ["ExactAlgebra", "PropertyTesting"], path: "Tests/TestSupport"),
    .testTarget(name: "ExactAlgebraTests", dependencies: ["ExactAlgebra", "PropertyTesting", "TestSupport"]),
    .testTarget(name: "PlainTextTests", dependencies: ["ExactJSON", "PlainText"]),
    .testTarget(name: "ExactJSONTests", dependencies: ["ExactAlgebra", "ExactJSON", "PlainText", "TestSupport"]),
    .testTarget(name: "GaussianTests", dependencies: ["ExactAlgebra", "Gaussian", "PropertyTesting", "TestSupport"]),
    .testTarget(name: "DataTablesTests", dependencies: ["DataTables", "ExactAlgebra", "TestSupport"]),
    .testTarget(
      name: "DistillationTests",
      dependencies: [
        "CLAPACKE", "Claims", "DataTables", "Distillation", "ExactAlgebra", "ExactJSON", "Gaussian", "PropertyTesting",
        "TestSupport",
      ]),
    .testTarget(
      name: "ExactPredicatesTests",
      dependencies: ["Distillation", "ExactAlgebra", "ExactPredicates", "PropertyTesting", "TestSupport"]),
    .testTarget(name: "LearningTests", dependencies: ["Learning", "PropertyTesting"]),
    .testTarget(name: "PropertyTestingTests", dependencies: ["PropertyTesting", "ForAll"]),
    .testTarget(name: "FileWritingTests", dependencies: ["FileWriting"]),
    .testTarget(name: "ForeignProgramsTests", dependencies: ["ForeignPrograms"]),
    .testTarget(name: "LineProtocolTests", dependencies: ["LineProtocol", "ExactJSON", "ForeignPrograms"]),
    .testTarget(
      name: "IndependentCheckTests",
      dependencies: ["IndependentCheck", "Claims", "Distillation", "ExactAlgebra", "ExactJSON", "TestSupport"]),
    .testTarget(
      name: "ClaimsTests",
      dependencies: [
        "IndependentCheck", "Claims", "Distillation", "ExactAlgebra", "ExactJSON", "ExactPredicates", "PropertyTesting",
        "TestSupport",
      ]),
    .testTarget(
      name: "ConjecturesTests",
      dependencies: [
        "Claims", "Conjectures", "Distillation", "ExactAlgebra", "ExactPredicates", "PropertyTesting",
      ]),
    .testTarget(
      name: "EstimationTests",
      dependencies: [
        "CGSL", "DataTables", "Distillation", "Estimation", "ExactAlgebra", "ExactJSON", "ForeignPrograms", "Gaussian",
        "LineProtocol", "PropertyTesting",
      ]),
    .testTarget(
      name: "StudentsTests",
      dependencies: [
        "CGSL", "CLAPACKE", "Claims", "Distillation", "ExactAlgebra", "Gaussian", "PropertyTesting", "Students",
        "TestSupport",
      ]),
    .testTarget(
      name: "OracleTests",
      dependencies: [
        "Claims", "Distillation", "Estimation", "ExactAlgebra", "ExactJSON", "Oracle", "PropertyTesting",
      ]),
    .testTarget(
      name: "VectorsTests", dependencies: ["ExactAlgebra", "ExactJSON", "Oracle", "Vectors"]),
    .testTarget(
      name: "ConformanceTests",
      dependencies: ["Conformance", "ExactJSON", "ForeignPrograms", "LineProtocol", "Oracle", "Vectors"]),
    .testTarget(
      name: "AdviceTests",
      dependencies: [
        "Advice", "CGSL", "DataTables", "Distillation", "ExactAlgebra", "Gaussian", "PropertyTesting", "TestSupport",
      ]),
    .testTarget(
      name: "ClassificationTests",
      dependencies: ["Classification", "Estimation", "Gaussian", "Learning", "PropertyTesting", "TestSupport"],
      exclude: ["Reference"]),
    .testTarget(name: "DatasetsTests", dependencies: ["DataTables", "Datasets", "CZlib"]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Advice", "Classification", "DataTables", "Datasets", "Estimation", "ExactAlgebra", "Experiments", "Gaussian",
        "PropertyTesting",
      ]),
    .testTarget(name: "cchTests", dependencies: ["ExactAlgebra", "ExactJSON", "cch"]),
  ],
  swiftLanguageModes: [.v6]
)

for (floor, rooms) in floors {
  for target in package.targets where rooms.contains(target.name) { target.path = "Sources/\(floor)/\(target.name)" }
}
