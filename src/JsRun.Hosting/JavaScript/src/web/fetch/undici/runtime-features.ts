export default { runtimeFeatures: { has: () => false } };
