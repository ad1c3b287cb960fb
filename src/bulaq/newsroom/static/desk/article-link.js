/* «Link to an article» in the text editor: the chooser of articles as the source of an entity. */
(() => {
  const { React, draftail } = window;
  if (!React || !draftail) return;

  class ArticleModalWorkflowSource extends draftail.ModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.articleChooser,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    filterEntityData(data) {
      return { id: data.id, string: data.string };
    }
  }

  const ArticleLink = (props) => {
    const { id, string } = props.contentState.getEntity(props.entityKey).getData();
    return React.createElement(draftail.TooltipEntity, {
      ...props,
      icon: React.createElement(window.wagtail.components.Icon, { name: 'doc-full' }),
      label: string || `#${id}`,
      url: null,
    });
  };

  draftail.registerPlugin(
    { type: 'ARTICLE', source: ArticleModalWorkflowSource, decorator: ArticleLink },
    'entityTypes',
  );
})();
